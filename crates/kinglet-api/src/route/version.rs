//! `GET /version`: what answers here.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::Result;
use serde_json::json;

/// Tells the product and its version.
pub(crate) async fn get(_: Context) -> Result<Response> {
    let version = env!("CARGO_PKG_VERSION");
    Ok(answer::json(200, &json!({"product": "kinglet", "version": version})))
}
