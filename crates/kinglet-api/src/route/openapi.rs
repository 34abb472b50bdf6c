//! `GET /v0/pipes/openapi.json`: the endpoints that a token can call, as OpenAPI 3.0.

use crate::answer;
use crate::context::Context;
use crate::document::pipe::params;
use crate::response::Response;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::query::OutputColumn;
use kinglet_workspace::resource::Pipe;
use kinglet_workspace::{Result, types::ChType};
use serde_json::{Map, Value, json};

/// Describes them.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let project = caller.workspace.project_of(context.staging())?;
    let mut paths = Map::new();
    for pipe in project.pipes.values().filter(|pipe| caller.access.may_read_pipe(&pipe.name)) {
        if let Some(path) = path(&caller, pipe) {
            paths.insert(format!("/v0/pipes/{}.json", pipe.name), path);
        }
    }
    let document = json!({
        "openapi": "3.0.0",
        "info": {
            "title": caller.workspace.name(),
            "description": "Endpoints of this workspace",
            "version": caller.workspace.deployment().0.to_string(),
        },
        "servers": [{"url": context.instance.settings().base_url}],
        "paths": paths,
        "components": {"securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "token": {"type": "apiKey", "in": "query", "name": "token"},
        }},
        "security": [{"bearer": []}, {"token": []}],
    });
    Ok(answer::json(200, &document))
}

/// An endpoint; `None` for a pipe without one.
fn path(caller: &Caller, pipe: &Pipe) -> Option<Value> {
    let endpoint = pipe.endpoint()?;
    let mut parameters: Vec<Value> = Vec::new();
    for parameter in pipe.nodes.iter().flat_map(params).map(|param| parameter(&param)) {
        if !parameters.iter().any(|known| known["name"] == parameter["name"]) {
            parameters.push(parameter);
        }
    }
    let columns = caller.workspace.node_columns(pipe, endpoint).unwrap_or_default();
    let properties: Map<String, Value> =
        columns.iter().map(|column: &OutputColumn| (column.name.clone(), schema(&column.ty))).collect();
    let rows = json!({"type": "array", "items": {"type": "object", "properties": properties}});
    let answer = json!({
        "type": "object",
        "properties": {
            "meta": {"type": "array", "items": {"type": "object"}},
            "data": rows,
            "rows": {"type": "integer"},
            "rows_before_limit_at_least": {"type": "integer"},
            "statistics": {"type": "object"},
        },
    });
    Some(json!({"get": {
        "operationId": pipe.name,
        "summary": pipe.parsed().description.as_deref().or(endpoint.description.as_deref()).unwrap_or(&pipe.name),
        "parameters": parameters,
        "responses": {
            "200": {"description": "The rows", "content": {"application/json": {"schema": answer}}},
            "400": {"description": "A parameter or the query is wrong"},
            "403": {"description": "The token cannot call this endpoint"},
        },
    }}))
}

fn parameter(param: &Value) -> Value {
    let kind = param["type"].as_str().unwrap_or("String");
    let mut schema = match kind {
        kind if kind.contains("Int") => json!({"type": "integer"}),
        kind if kind.starts_with("Float") => json!({"type": "number"}),
        "Boolean" => json!({"type": "boolean"}),
        "Date" => json!({"type": "string", "format": "date"}),
        "DateTime" | "DateTime64" => json!({"type": "string", "format": "date-time"}),
        "Array" => json!({"type": "array", "items": {"type": "string"}}),
        _ => json!({"type": "string"}),
    };
    for (ours, theirs) in [("default", "default"), ("example", "example"), ("enum", "enum")] {
        if !param[ours].is_null() {
            schema[theirs] = param[ours].clone();
        }
    }
    json!({
        "name": param["name"],
        "in": "query",
        "required": param["required"].as_bool().unwrap_or(false),
        "description": param["description"].as_str().unwrap_or_default(),
        "schema": schema,
    })
}

/// A column's type as JSON answers spell it.
fn schema(ty: &ChType) -> Value {
    let bare = ty.bare();
    let mut schema = match bare {
        ChType::Array(element) => json!({"type": "array", "items": schema(element)}),
        ChType::Tuple(_) => json!({"type": "array", "items": {}}),
        ChType::Map(_, value) => json!({"type": "object", "additionalProperties": schema(value)}),
        ChType::Bool => json!({"type": "boolean"}),
        ChType::Date | ChType::Date32 => json!({"type": "string", "format": "date"}),
        ChType::DateTime(_) | ChType::DateTime64(..) => json!({"type": "string", "format": "date-time"}),
        bare if bare.is_integer() => json!({"type": "integer"}),
        bare if bare.is_number() => json!({"type": "number"}),
        _ => json!({"type": "string"}),
    };
    if ty.is_nullable() {
        schema["nullable"] = true.into();
    }
    schema
}
