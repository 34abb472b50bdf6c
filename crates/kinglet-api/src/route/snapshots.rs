//! `/v0/snapshots`: all tables as they were at a moment, under a name. Ours. Queries, endpoints and parts of one are
//! asked for with `__tb__snapshot=<name>`.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::{Error, Result};
use serde_json::json;

/// `GET /v0/snapshots`.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    Ok(answer::json(200, &json!({"snapshots": caller.workspace.snapshots()?})))
}

/// `POST /v0/snapshots?name=`.
pub(crate) async fn post(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let name = context.query.get("name").ok_or_else(|| Error::invalid("a snapshot needs a 'name'"))?;
    caller.workspace.keep_snapshot(name).await?;
    Ok(answer::json(200, &json!({"name": name})))
}

/// `DELETE /v0/snapshots/<name>`.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    caller.workspace.drop_snapshot(context.capture("name")).await?;
    Ok(Response::new(204))
}
