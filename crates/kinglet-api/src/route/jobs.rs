//! `/v0/jobs`: what imports and copies are doing, or did.

use crate::answer;
use crate::context::Context;
use crate::document::job::document;
use crate::response::Response;
use kinglet_workspace::Result;
use kinglet_workspace::token::Scope;
use serde_json::{Value, json};

/// `GET /v0/jobs`: newest first.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let query = &context.query;
    let is =
        |key: &str, value: &str| query.get(key).is_none_or(|wanted| wanted.is_empty() || wanted == value);
    let jobs: Vec<Value> = caller
        .workspace
        .jobs()
        .iter()
        .filter(|job| {
            is("kind", job.kind.text())
                && is("status", job.status.text())
                && is("pipe_name", &job.pipe_name)
                && is("pipe_id", &job.pipe_id)
        })
        .map(|job| document(&context.instance, job))
        .collect();
    Ok(answer::json(200, &json!({"jobs": jobs})))
}

/// `GET /v0/jobs/<id>`.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let job = caller.workspace.job(context.capture("id"))?;
    let access = &caller.access;
    if !access.may(Scope::DatasourcesCreate) && !access.may_append(&job.datasource_name) {
        return Err(super::no_access("DATASOURCES:APPEND", &job.datasource_name));
    }
    Ok(answer::json(200, &document(&context.instance, &job)))
}

/// `POST /v0/jobs/<id>/cancel`.
pub(crate) async fn cancel(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let job = caller.workspace.cancel_job(context.capture("id"))?;
    Ok(answer::json(200, &document(&context.instance, &job)))
}
