//! `POST /v0/pipes/<pipe>/sink`: runs a sink.

use crate::answer;
use crate::context::Context;
use crate::document::{job, pipe as pipes};
use crate::query_call::QueryCall;
use crate::response::Response;
use crate::route::pipes::readable;
use kinglet_workspace::Result;

/// Runs it to its end; the answer is the pipe with the job.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let pipe = readable(&context, &caller, context.capture("pipe"))?;
    let mut call = QueryCall::of(&mut context, false).await?.call("");
    call.params.remove("_mode");
    let made = caller.workspace.run_sink(&pipe, call).await?;
    let mut document = pipes::document(&context.instance, &caller.workspace, &pipe);
    document["job"] = job::document(&context.instance, &made);
    Ok(answer::json(200, &document))
}
