//! `GET /v0/health`: the instance answers.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::Result;
use serde_json::json;

/// Says that the instance is up.
pub(crate) async fn get(_: Context) -> Result<Response> {
    Ok(answer::json(200, &json!({"status": "ok"})))
}
