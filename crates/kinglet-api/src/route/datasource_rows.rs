//! Rows of one data source: `/v1/datasources/<name>/append` and `/replace`, which answer
//! with a job, and `/v0/datasources/<name>/truncate`.

use crate::answer;
use crate::context::Context;
use crate::document;
use crate::response::Response;
use crate::route::datasources::import;
use crate::upload::Upload;
use kinglet_workspace::Result;
use kinglet_workspace::import::Mode;

/// Adds rows.
pub(crate) async fn append(context: Context) -> Result<Response> {
    fill(context, Mode::Append).await
}

/// Swaps the rows for others.
pub(crate) async fn replace(context: Context) -> Result<Response> {
    fill(context, Mode::Replace).await
}

async fn fill(mut context: Context, mode: Mode) -> Result<Response> {
    let caller = context.caller()?;
    let upload = Upload::of(&mut context, &caller).await?;
    let job = import(&caller, context.capture("name"), upload, mode).await?;
    Ok(answer::json(200, &document::job::created(&context.instance, &job)))
}

/// Removes all rows.
pub(crate) async fn truncate(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    caller.workspace.truncate(context.capture("name")).await?;
    Ok(Response::new(205))
}
