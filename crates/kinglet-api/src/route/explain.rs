//! `GET /v0/pipes/<pipe>/explain` and `…/nodes/<node>/explain`: what would run, and how.

use crate::answer;
use crate::context::Context;
use crate::query_call::QueryCall;
use crate::response::Response;
use crate::route::pipes::readable;
use kinglet_workspace::Result;
use serde_json::json;

/// The endpoint's node, else the materialized one, else the last.
pub(crate) async fn pipe(context: Context) -> Result<Response> {
    explained(context, None).await
}

/// A node by name.
pub(crate) async fn node(context: Context) -> Result<Response> {
    let name = context.capture("node").to_owned();
    explained(context, Some(name)).await
}

async fn explained(mut context: Context, node: Option<String>) -> Result<Response> {
    let caller = context.caller()?;
    let pipe = readable(&context, &caller, context.capture("pipe"))?;
    let call = QueryCall::of(&mut context, false).await?.call("JSON");
    let found = caller.workspace.explain(&caller.access, &pipe, node.as_deref(), &call)?;
    Ok(answer::json(200, &json!({"debug_query": found.query, "query_explain": found.plan})))
}
