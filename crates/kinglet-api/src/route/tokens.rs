//! `GET /v0/tokens` and `GET /v0/tokens/<id, name or secret>`.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
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
