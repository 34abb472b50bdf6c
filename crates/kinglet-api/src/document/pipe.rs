//! Pipes as JSON.

use super::time;
use crate::json_value::json_of;
use kinglet_workspace::resource::{Node, Pipe, kind_text};
use kinglet_workspace::{Instance, Workspace};
use serde_json::{Map, Value, json};

/// The document of a pipe.
pub(crate) fn document(instance: &Instance, workspace: &Workspace, pipe: &Pipe) -> Value {
    let identity = workspace.identity(&pipe.name);
    let nodes: Vec<Value> = pipe.nodes.iter().map(|node| node_document(workspace, pipe, node)).collect();
    let base = &instance.settings().base_url;
    let endpoint = pipe.endpoint().map(|node| node_id(&identity.id, pipe, node));
    let mut document = json!({
        "id": identity.id,
        "name": pipe.name,
        "description": pipe.parsed().description,
        "endpoint": endpoint,
        "type": pipe.kind_text(),
        "created_at": time(identity.created_at),
        "updated_at": time(identity.updated_at),
        "parent": null,
        "url": format!("{base}/v0/pipes/{}.json", pipe.name),
        "nodes": nodes,
    });
    if let Some(copy) = pipe.nodes.iter().find(|node| node.kind_is_copy()) {
        let target = copy.target.clone().unwrap_or_default();
        document["copy_target_datasource"] = workspace.identity(&target).id.into();
        document["copy_schedule"] = copy.setting("copy_schedule").unwrap_or("@on-demand").into();
        document["copy_mode"] = copy.setting("copy_mode").unwrap_or("append").into();
        document["copy_paused"] = workspace.is_paused(&pipe.name).into();
    }
    document
}

/// Ids of nodes follow from the pipe's: `t_` and 32 hexadecimal digits, the last two of
/// which are the node's place.
fn node_id(pipe_id: &str, pipe: &Pipe, node: &Node) -> String {
    let at = pipe.nodes.iter().position(|known| known.name == node.name).unwrap_or_default();
    let head = pipe_id.get(..pipe_id.len().saturating_sub(2)).unwrap_or(pipe_id);
    format!("{head}{at:02x}")
}

fn node_document(workspace: &Workspace, pipe: &Pipe, node: &Node) -> Value {
    let identity = workspace.identity(&pipe.name);
    let materialized = match (node.kind_is_materialized(), &node.target) {
        (true, Some(target)) => workspace.identity(target).id.into(),
        _ => Value::Null,
    };
    let tags = match (node.kind_is_copy(), &node.target) {
        (true, Some(target)) => json!({
            "copy_target_datasource": workspace.identity(target).id,
            "copy_target_workspace": workspace.id(),
            "copy_mode": node.setting("copy_mode").unwrap_or("append"),
        }),
        _ => json!({}),
    };
    json!({
        "id": node_id(&identity.id, pipe, node),
        "name": node.name,
        "sql": node.sql,
        "description": node.description,
        "materialized": materialized,
        "cluster": null,
        "tags": tags,
        "created_at": time(identity.created_at),
        "updated_at": time(identity.updated_at),
        "version": 0,
        "project": null,
        "result": null,
        "ignore_sql_errors": false,
        "node_type": kind_text(node.kind),
        "dependencies": node.dependencies,
        "params": params(node),
        "columns": [],
    })
}

/// Parameters of a node's template, each once: what its uses declare, put together.
pub(crate) fn params(node: &Node) -> Vec<Value> {
    let mut documents: Vec<(String, Map<String, Value>)> = Vec::new();
    let parameters = node.template.as_ref().map(|template| template.parameters()).unwrap_or_default();
    for parameter in parameters {
        let at = documents.iter().position(|(name, _)| *name == parameter.name);
        let at = at.unwrap_or_else(|| {
            let mut document = Map::new();
            document.insert("name".into(), parameter.name.as_str().into());
            document.insert("type".into(), parameter.type_name.as_str().into());
            documents.push((parameter.name.clone(), document));
            documents.len() - 1
        });
        let Some((_, document)) = documents.get_mut(at) else {
            continue;
        };
        if let Some(default) = &parameter.default {
            document.entry("default").or_insert_with(|| json_of(default));
        }
        for (name, value) in &parameter.attributes {
            if name != "default" {
                document.entry(name.as_str()).or_insert_with(|| json_of(value));
            }
        }
    }
    documents
        .into_iter()
        .map(|(_, mut document)| {
            let has_default = document.contains_key("default");
            document.entry("required").or_insert_with(|| (!has_default).into());
            Value::Object(document)
        })
        .collect()
}
