//! `POST /v0/pipes/<pipe>/copy/pause` and `/resume`, and the same for sinks.

use crate::answer;
use crate::context::Context;
use crate::document::pipe as pipes;
use crate::response::Response;
use crate::route::pipes::readable;
use kinglet_workspace::Result;

/// Pauses the schedule.
pub(crate) async fn pause(context: Context) -> Result<Response> {
    set(context, true).await
}

/// Lets it go on.
pub(crate) async fn resume(context: Context) -> Result<Response> {
    set(context, false).await
}

async fn set(context: Context, paused: bool) -> Result<Response> {
    let caller = context.admin()?;
    let pipe = readable(&context, &caller, context.capture("pipe"))?;
    caller.workspace.pause_schedule(&pipe, paused).await?;
    Ok(answer::json(200, &pipes::document(&context.instance, &caller.workspace, &pipe)))
}
