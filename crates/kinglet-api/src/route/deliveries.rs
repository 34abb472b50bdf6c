//! `/v0/deliveries`: where sinks deliver, by the name of their connection. Ours: the files of a
//! project say what is exported, and these settings where it goes from here.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::sink::{Delivery, Destination};
use kinglet_workspace::{Error, Result};
use serde_json::{Value, json};

/// Largest body.
const MAX_BODY_BYTES: usize = 64 << 10;

/// `GET /v0/deliveries`. Secrets do not come out.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let deliveries: Vec<Value> = caller.workspace.deliveries()?.iter().map(document).collect();
    Ok(answer::json(200, &json!({"deliveries": deliveries})))
}

fn document(delivery: &Delivery) -> Value {
    match &delivery.destination {
        Destination::S3 { endpoint, region, access_key, .. } => json!({
            "connection": delivery.connection, "kind": "s3", "endpoint": endpoint, "region": region,
            "access_key": access_key,
        }),
        Destination::Http { url, method, .. } => {
            json!({"connection": delivery.connection, "kind": "http", "url": url, "method": method})
        }
    }
}

/// `PUT /v0/deliveries/<connection>` with `{"kind": "s3", "endpoint", "region", "access_key",
/// "secret"}` or `{"kind": "http", "url", "method", "headers"}`.
pub(crate) async fn put(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let body = context.take_body().collect(MAX_BODY_BYTES).await?;
    let destination: Destination = serde_json::from_slice(&body)
        .map_err(|error| Error::invalid(format!("the body does not say where to deliver: {error}")))?;
    let connection = context.capture("connection").to_owned();
    caller.workspace.set_delivery(&connection, Some(destination.clone())).await?;
    Ok(answer::json(200, &document(&Delivery { connection, destination })))
}

/// `DELETE /v0/deliveries/<connection>`.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    caller.workspace.set_delivery(context.capture("connection"), None).await?;
    Ok(answer::json(200, &json!({"ok": true})))
}
