//! `GET /v0/regions`: there is one, this machine.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::Result;
use serde_json::json;

/// Lists the one region, without authentication.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let host = &context.instance.settings().base_url;
    Ok(answer::json(
        200,
        &json!({"regions": [{
            "name": "local",
            "api_host": host,
            "host": host,
            "provider": "kinglet",
            "default_password": "",
        }]}),
    ))
}
