//! `GET /tokens`: the secrets of this instance, for whoever sits in front of it.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::Result;
use serde_json::json;

/// Tells the tokens, without authentication, as Tinybird Local does.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let tokens = context.instance.local_tokens();
    Ok(answer::json(
        200,
        &json!({
            "user_token": tokens.user,
            "admin_token": tokens.user,
            "workspace_admin_token": tokens.workspace_admin,
        }),
    ))
}
