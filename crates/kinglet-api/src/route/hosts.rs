//! `/v0/hosts`: the hosts that this workspace may send requests to. Ours: elsewhere
//! nobody asks before a server fetches a file.

use crate::answer;
use crate::context::Context;
use crate::document::time;
use crate::response::Response;
use crate::upload::form;
use kinglet_workspace::{Error, Result};
use serde_json::{Value, json};

/// `GET /v0/hosts`.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let hosts: Vec<Value> = caller
        .workspace
        .hosts()
        .into_iter()
        .map(|(host, at)| json!({"host": host, "allowed_at": time(at)}))
        .collect();
    Ok(answer::json(200, &json!({"hosts": hosts})))
}

/// `POST /v0/hosts?host=`: a host or an address on it.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let params = form(&mut context).await?;
    let host = params.get("host").filter(|host| !host.is_empty());
    let host = host.ok_or_else(|| Error::invalid("the parameter 'host' is missing"))?;
    let host = caller.workspace.allow_host(host).await?;
    Ok(answer::json(200, &json!({"host": host})))
}

/// `DELETE /v0/hosts/<host>`.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    caller.workspace.forget_host(context.capture("host")).await?;
    Ok(answer::json(200, &json!({"ok": true})))
}
