//! `/v0/connectors`: the project's connections. Their texts may hold credentials, so they
//! are an admin's.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::{Error, Result};
use serde_json::{Value, json};

/// `GET /v0/connectors`.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let names: Vec<Value> =
        caller.workspace.project().connections.keys().map(|name| json!({"id": name, "name": name})).collect();
    Ok(answer::json(200, &json!({"connectors": names})))
}

/// `GET /v0/connectors/<name>.connection`: the datafile.
pub(crate) async fn file(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let (name, project) = (context.capture("name"), caller.workspace.project());
    let text = project.connections.get(name).and_then(|path| project.files.get(path));
    let text = text.ok_or_else(|| Error::not_found(format!("The connection '{name}' does not exist")))?;
    Ok(answer::text(200, text.clone()))
}
