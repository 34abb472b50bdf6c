//! `/v0/variables`: secrets. Their values never come out.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use crate::upload::form;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::{Error, Result, timestamp_text};
use serde_json::{Value, json};

/// `GET /v0/variables`.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let secrets: Vec<Value> = caller.workspace.secrets().iter().map(|name| document(&caller, name)).collect();
    Ok(answer::json(200, &json!({"variables": secrets})))
}

/// `GET /v0/variables/<name>`.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let name = context.capture("name");
    if !caller.workspace.secrets().iter().any(|known| known == name) {
        return Err(Error::not_found(format!("Secret '{name}' not found")));
    }
    Ok(answer::json(200, &document(&caller, name)))
}

/// `POST /v0/variables` with `name` and `value`.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let params = form(&mut context).await?;
    let name = params.get("name").filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Error::invalid("the parameter 'name' is missing"))?;
    let value = params.get("value").ok_or_else(|| Error::invalid("the parameter 'value' is missing"))?;
    caller.workspace.set_secret(name, Some(value)).await?;
    Ok(answer::json(200, &document(&caller, name)))
}

/// `PUT /v0/variables/<name>` with `value`.
pub(crate) async fn put(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let params = form(&mut context).await?;
    let value = params.get("value").ok_or_else(|| Error::invalid("the parameter 'value' is missing"))?;
    let name = context.capture("name");
    caller.workspace.set_secret(name, Some(value)).await?;
    Ok(answer::json(200, &document(&caller, name)))
}

/// `DELETE /v0/variables/<name>`.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    caller.workspace.set_secret(context.capture("name"), None).await?;
    Ok(answer::json(200, &json!({"ok": true})))
}

fn document(caller: &Caller, name: &str) -> Value {
    let times = caller.workspace.secret_times(name);
    json!({
        "name": name,
        "type": "secret",
        "created_at": timestamp_text(times.created_at),
        "updated_at": timestamp_text(times.updated_at),
        "edited_by": null,
    })
}
