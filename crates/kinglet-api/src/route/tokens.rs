//! `/v0/tokens`: static tokens and their scopes.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::jwt::{Claims, Limits, ScopeClaim};
use kinglet_workspace::token::{Grant, Scope, Token};
use kinglet_workspace::{Error, Result};
use serde_json::{Map, Value, json};

/// Lists the static tokens.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    if !caller.access.may(Scope::Tokens) {
        return Err(Error::forbidden("listing tokens needs a token with the ADMIN or TOKENS scope"));
    }
    let tokens: Vec<Value> = caller.workspace.tokens().iter().map(document).collect();
    Ok(answer::json(200, &json!({"tokens": tokens})))
}

/// Tells one token. A token may look at itself.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let token = caller.workspace.token(context.capture("token"))?;
    if !caller.access.may(Scope::Tokens) && caller.access.token_id != token.id {
        return Err(Error::forbidden("reading another token needs a token with the ADMIN or TOKENS scope"));
    }
    Ok(answer::json(200, &document(&token)))
}

/// `POST /v0/tokens?name=&scope=…`.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = managing(&context)?;
    if let Some(expiration) = context.query.get("expiration_time").map(str::to_owned) {
        return signed(&mut context, &caller, &expiration).await;
    }
    let query = &context.query;
    let name = query.get("name").filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Error::invalid("the parameter 'name' is missing"))?;
    let description = query.get("description").unwrap_or_default();
    let token = caller.workspace.create_token(name, description, grants(&context)?).await?;
    Ok(answer::json(200, &document(&token)))
}

/// A token that ends, with the scopes and limits of a JSON body. It is told once and kept
/// nowhere.
async fn signed(context: &mut Context, caller: &Caller, expiration: &str) -> Result<Response> {
    let exp = expiration.parse::<i64>().map_err(|_| {
        Error::invalid(format!("expiration_time must be seconds since 1970, not '{expiration}'"))
    })?;
    let body = context.take_body().collect(MAX_BODY_BYTES).await?;
    let asked: Asked = serde_json::from_slice(&body)
        .map_err(|error| Error::invalid(format!("the body must be JSON with 'scopes': {error}")))?;
    let name = asked.name.or_else(|| context.query.get("name").map(str::to_owned)).unwrap_or_default();
    if name.is_empty() {
        return Err(Error::invalid("the parameter 'name' is missing"));
    }
    let claims =
        Claims { name, exp: Some(exp), scopes: asked.scopes, limits: asked.limits, ..Claims::default() };
    Ok(answer::json(200, &json!({"token": caller.workspace.sign_token(claims)?})))
}

/// Largest body of a request for a token.
const MAX_BODY_BYTES: usize = 1 << 20;

/// The body of a request for a token that ends.
#[derive(serde::Deserialize)]
struct Asked {
    name: Option<String>,
    scopes: Vec<ScopeClaim>,
    #[serde(default)]
    limits: Limits,
}

/// `PUT /v0/tokens/<id or name>?name=&scope=…`: other scopes, another name.
pub(crate) async fn put(context: Context) -> Result<Response> {
    let caller = managing(&context)?;
    let mut token = caller.workspace.token(context.capture("token"))?;
    if context.query.get("scope").is_some() {
        token.grants = grants(&context)?;
    }
    if let Some(name) = context.query.get("name").filter(|name| !name.is_empty()) {
        name.clone_into(&mut token.name);
    }
    caller.workspace.save_token(token.clone()).await?;
    Ok(answer::json(200, &document(&token)))
}

/// `POST /v0/tokens/<id or name>/refresh`: another secret.
pub(crate) async fn refresh(context: Context) -> Result<Response> {
    let caller = managing(&context)?;
    let token = caller.workspace.refresh_token(context.capture("token")).await?;
    Ok(answer::json(200, &document(&token)))
}

/// `DELETE /v0/tokens/<id or name>`.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = managing(&context)?;
    caller.workspace.delete_token(context.capture("token")).await?;
    Ok(answer::json(200, &json!({"ok": true})))
}

fn managing(context: &Context) -> Result<Caller> {
    let caller = context.caller()?;
    if caller.access.may(Scope::Tokens) {
        return Ok(caller);
    }
    Err(Error::forbidden("managing tokens needs a token with the ADMIN or TOKENS scope"))
}

/// The scopes asked for. A token that is no admin's cannot give what only an admin has.
fn grants(context: &Context) -> Result<Vec<Grant>> {
    let is_admin = context.caller()?.access.is_admin();
    let read = |text: &str| {
        let grant =
            Grant::from_text(text).ok_or_else(|| Error::invalid(format!("unknown scope '{text}'")))?;
        if grant.scope == Scope::Admin && !is_admin {
            return Err(Error::forbidden("only an ADMIN token can give the ADMIN scope"));
        }
        Ok(grant)
    };
    context.query.all("scope").map(read).collect()
}

fn document(token: &Token) -> Value {
    let scopes: Vec<Value> = token.grants.iter().map(grant_document).collect();
    let origin = if token.from_project { "DS" } else { "C" };
    json!({
        "kind": "token",
        "id": token.id,
        "name": token.name,
        "description": token.description,
        "token": token.text,
        "scopes": scopes,
        "origin": {"type": origin},
    })
}

fn grant_document(grant: &Grant) -> Value {
    let mut document = Map::new();
    document.insert("type".into(), grant.scope.text().into());
    if let Some(resource) = &grant.resource {
        document.insert("resource".into(), resource.as_str().into());
        let filter = grant.filter.as_deref().unwrap_or_default();
        document.insert("filter".into(), filter.into());
    }
    Value::Object(document)
}
