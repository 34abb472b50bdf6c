//! `GET|POST /v0/pipes/<pipe>.<format>`: endpoints.

use crate::answer;
use crate::context::Context;
use crate::query_call::QueryCall;
use crate::response::Response;
use crate::route::pipes::readable;
use kinglet_workspace::Result;

/// `.json`
pub(crate) async fn json(context: Context) -> Result<Response> {
    call(context, "JSON").await
}

/// `.csv`: with a header.
pub(crate) async fn csv(context: Context) -> Result<Response> {
    call(context, "CSVWithNames").await
}

/// `.ndjson`
pub(crate) async fn ndjson(context: Context) -> Result<Response> {
    call(context, "JSONEachRow").await
}

/// `.parquet`
pub(crate) async fn parquet(context: Context) -> Result<Response> {
    call(context, "Parquet").await
}

/// `.prometheus`
pub(crate) async fn prometheus(context: Context) -> Result<Response> {
    call(context, "Prometheus").await
}

async fn call(mut context: Context, format: &str) -> Result<Response> {
    let caller = context.caller()?;
    let pipe = readable(&caller, context.capture("pipe"))?;
    let asked = QueryCall::of(&mut context, false).await?;
    let q = asked.q.as_deref();
    let made = caller.workspace.call_endpoint(&caller.access, &pipe, q, asked.call(format)).await?;
    answer::held_back(made.content_type, made.chunks).await
}
