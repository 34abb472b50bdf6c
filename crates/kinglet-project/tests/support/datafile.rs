//! Data sources, pipes and connections as JSON.

use kinglet_datafile::{
    Column, Connection, Datasource, Index, Node, Parsed, Pipe, Problem, Settings, Token, schema_sql,
};
use serde_json::{Map, Value, json};

use super::cases::{Answer, Failure};

/// The first error, or the value converted by `convert`.
pub(crate) fn answer<T>(parsed: &Parsed<T>, text: &str, convert: impl Fn(&T, Value) -> Value) -> Answer {
    match parsed.first_error() {
        Some(problem) => Answer::Err(failure(problem, text)),
        None => Answer::Ok(convert(&parsed.value, warnings(&parsed.problems))),
    }
}

/// A problem in the terms of the cases.
pub(crate) fn failure(problem: &Problem, text: &str) -> Failure {
    let position = problem.position;
    Failure {
        text: problem.text(text),
        line: position.map(|p| u64::from(p.line)),
        column: position.and_then(|p| p.column).map(u64::from),
    }
}

fn warnings(problems: &[Problem]) -> Value {
    problems.iter().filter(|p| !p.is_error()).map(|p| p.diagnostic.message.clone()).collect()
}

pub(crate) fn columns(columns: &[Column]) -> Value {
    columns
        .iter()
        .map(|c| {
            json!({
                "name": c.name, "type": c.r#type, "nullable": c.nullable,
                "default": c.default, "jsonpath": c.jsonpath, "codec": c.codec,
            })
        })
        .collect()
}

pub(crate) fn indexes(indexes: &[Index]) -> Value {
    indexes
        .iter()
        .map(
            |i| json!({"name": i.name, "expr": i.expression, "type": i.r#type, "granularity": i.granularity}),
        )
        .collect()
}

fn tokens(tokens: &[Token]) -> Value {
    tokens.iter().map(|t| json!({"name": t.name, "permission": t.permission})).collect()
}

fn settings(settings: &Settings) -> Map<String, Value> {
    settings
        .iter()
        .map(|s| {
            let value = match s.name.as_str() {
                "on_demand_compute" => {
                    json!(matches!(s.value.to_lowercase().as_str(), "y" | "yes" | "t" | "true" | "on" | "1"))
                }
                "gcs_service_account_credentials_json" => {
                    serde_json::from_str(&s.value).unwrap_or_else(|_| json!(s.value))
                }
                _ => json!(s.value),
            };
            (s.name.clone(), value)
        })
        .collect()
}

pub(crate) fn datasource(d: &Datasource, warnings: Value) -> Value {
    let engine = d.engine.as_ref().map(|engine| {
        let args: Value = engine.args.iter().map(|a| json!([a.name, a.value])).collect();
        json!({"type": engine.r#type, "args": args})
    });
    json!({
        "description": d.description,
        "tokens": tokens(&d.tokens),
        "tags": d.tags,
        "columns": columns(&d.columns),
        "schema_sql": schema_sql(&d.columns),
        "engine": engine,
        "indexes": indexes(&d.indexes),
        "shared_with": d.shared_with,
        "forward_query": d.forward_query.as_ref().map(|q| q.text.clone()),
        "settings": settings(&d.settings),
        "warnings": warnings,
    })
}

fn node(node: &Node) -> Value {
    let mut params = settings(&node.params);
    params.shift_remove("type");
    json!({
        "name": node.name,
        "description": node.description,
        "type": node.r#type,
        "sql": node.sql.as_ref().map(|sql| sql.text.clone()),
        "params": params,
    })
}

pub(crate) fn pipe(p: &Pipe, warnings: Value) -> Value {
    json!({
        "description": p.description,
        "tokens": tokens(&p.tokens),
        "tags": p.tags,
        "nodes": p.nodes.iter().map(node).collect::<Value>(),
        "warnings": warnings,
    })
}

pub(crate) fn connection(c: &Connection, warnings: Value) -> Value {
    json!({
        "description": c.description,
        "tokens": [],
        "tags": [],
        "type": c.r#type,
        "settings": settings(&c.settings),
        "warnings": warnings,
    })
}
