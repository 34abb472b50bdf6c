//! What does not exist here answers constants: no tags or billing.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::Result;
use serde_json::json;

/// `GET /v0/tags`.
pub(crate) async fn tags(context: Context) -> Result<Response> {
    context.caller()?;
    Ok(answer::json(200, &json!({"tags": []})))
}
