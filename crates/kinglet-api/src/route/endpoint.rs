//! `GET|POST /v0/pipes/<pipe>.<format>`: endpoints.

use crate::answer;
use crate::context::Context;
use crate::noted;
use crate::query_call::QueryCall;
use crate::response::Response;
use crate::route::pipes::readable;
use kinglet_workspace::Result;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::query::Call;
use kinglet_workspace::resource::Pipe;
use std::sync::Arc;

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
    let pipe = readable(&context, &caller, context.capture("pipe"))?;
    if context.query.flag("explain") {
        return super::explain::pipe(context).await;
    }
    let id = caller.workspace.identity(&pipe.name).id;
    let info = noted::info(&context, &caller, Some((&id, &pipe.name)));
    let asked = QueryCall::of(&mut context, false).await?;
    let call = Call { info: Some(info.clone()), ..asked.call(format) };
    noted::outcome(&caller, &info, answered(&caller, &pipe, asked.q.as_deref(), call).await)
}

async fn answered(caller: &Caller, pipe: &Arc<Pipe>, q: Option<&str>, call: Call) -> Result<Response> {
    let made = caller.workspace.call_endpoint(&caller.access, pipe, q, call).await?;
    answer::held_back(made.content_type, made.chunks).await
}
