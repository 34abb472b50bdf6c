//! `/v0/pipes`: pipes as they were deployed.

use crate::answer;
use crate::context::Context;
use crate::document;
use crate::document::pipe::document as pipe_document;
use crate::response::Response;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::resource::Pipe;
use kinglet_workspace::{Error, Result};
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /v0/pipes`: those that the token can read.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let project = caller.workspace.project_of(context.staging())?;
    // `node_attrs` alone asks for nodes, though `attrs` does not name them.
    let with_nodes = context.query.get("node_attrs").map_or("", |_| ",nodes");
    let attrs = context.query.get("attrs").filter(|attrs| !attrs.is_empty());
    let attrs = attrs.map(|attrs| format!("{attrs}{with_nodes}"));
    let attrs = attrs.as_deref();
    let pipes: Vec<Value> = project
        .pipes
        .values()
        .filter(|pipe| caller.access.may_read_pipe(&pipe.name))
        .map(|pipe| document::only(pipe_document(&context.instance, &caller.workspace, pipe), attrs))
        .collect();
    Ok(answer::json(200, &json!({"pipes": pipes})))
}

/// `GET /v0/pipes/<name or id>`.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let pipe = readable(&context, &caller, context.capture("name"))?;
    let mut document = pipe_document(&context.instance, &caller.workspace, &pipe);
    let nodes = document["nodes"].as_array_mut().into_iter().flatten();
    for (node, document) in pipe.nodes.iter().zip(nodes) {
        let columns = caller.workspace.node_columns(&pipe, node).unwrap_or_default();
        let columns =
            columns.iter().map(|column| json!({"name": column.name, "type": column.ty.to_string()}));
        document["columns"] = columns.collect();
    }
    Ok(answer::json(200, &document))
}

/// `GET /v1/pipes/<name>.pipe`: the file as it was written.
pub(crate) async fn file(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let pipe = readable(&context, &caller, context.capture("name"))?;
    let project = caller.workspace.project();
    let text = project.files.get(&pipe.path).cloned().unwrap_or_default();
    Ok(answer::file(text))
}

/// The pipe called `key`, or with this id, when the caller may read it.
///
/// # Errors
/// Kind `NotFound`, or `Forbidden`.
pub(crate) fn readable(context: &Context, caller: &Caller, key: &str) -> Result<Arc<Pipe>> {
    let project = caller.workspace.project_of(context.staging())?;
    let name = caller.workspace.resource_name(key).unwrap_or_else(|| key.to_owned());
    let found = project.pipes.get(&name).cloned();
    let pipe = found.ok_or_else(|| Error::not_found(format!("The pipe '{key}' does not exist")))?;
    if !caller.access.may_read_pipe(&pipe.name) {
        return Err(super::no_access("PIPES:READ", &pipe.name));
    }
    Ok(pipe)
}
