//! `POST /v0/pipes/<pipe>/copy`: runs a copy.

use crate::answer;
use crate::context::Context;
use crate::document::{job, pipe as pipes};
use crate::query_call::QueryCall;
use crate::response::Response;
use crate::route::pipes::readable;
use crate::upload::insert_name;
use kinglet_workspace::Result;
use kinglet_workspace::import::InsertName;
use serde_json::json;

/// Runs it to its end; the answer is the pipe with the job.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let pipe = readable(&context, &caller, context.capture("pipe"))?;
    let id = match insert_name(&context)? {
        Some(InsertName::Job(id)) => Some(id),
        _ => None,
    };
    let asked = QueryCall::of(&mut context, false).await?;
    let mode = asked.params.get("_mode").filter(|mode| !mode.is_empty()).map(str::to_owned);
    let mut call = asked.call("");
    call.params.remove("_mode");
    let made = caller.workspace.run_copy(&pipe, mode.as_deref(), call, id.as_deref()).await?;
    let mut document = pipes::document(&context.instance, &caller.workspace, &pipe);
    document["tags"] = json!({"copy_target_datasource": made.datasource_id});
    document["job"] = job::document(&context.instance, &made);
    Ok(answer::json(200, &document))
}
