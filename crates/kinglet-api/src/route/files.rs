//! `GET /v0/files`: all files of the project by path, as the last build got them. Ours:
//! elsewhere they are asked for one by one, and their folders are forgotten.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::Result;
use serde_json::json;

/// `GET /v0/files`.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    Ok(answer::json(200, &json!({"files": caller.workspace.project().files})))
}
