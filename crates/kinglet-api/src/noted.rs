//! Noting calls of endpoints and queries, whatever becomes of them.

use crate::context::Context;
use crate::response::Response;
use crate::status;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::{CallInfo, CallOutcome, Result};
use std::rc::Rc;

/// What is known of a call when it comes in.
pub(crate) fn info(context: &Context, caller: &Caller, pipe: Option<(&str, &str)>) -> Rc<CallInfo> {
    let (pipe_id, pipe_name) = pipe.unwrap_or(("query_api", "query_api"));
    let parameters = context.query.iter().filter(|(name, _)| *name != "token");
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (path, query) = context.target.split_once('?').unwrap_or((&context.target, ""));
    let kept: Vec<&str> =
        query.split('&').filter(|part| !part.starts_with("token=") && !part.is_empty()).collect();
    let url = if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) };
    Rc::new(CallInfo {
        pipe_id: pipe_id.to_owned(),
        pipe_name: pipe_name.to_owned(),
        token_id: caller.access.token_id.clone(),
        token_name: caller.access.token_name.clone(),
        url,
        method: context.method.name(),
        parameters,
        user_agent: context.headers.get("user-agent").map(str::to_owned),
    })
}

/// Passes an answer on; one that failed is noted here, others when their last row is out.
pub(crate) fn outcome(caller: &Caller, info: &CallInfo, answer: Result<Response>) -> Result<Response> {
    if let Err(error) = &answer {
        let status = error.custom().map_or_else(|| status::of(error.kind()), |(status, _)| status);
        let error = Some(error.message().to_owned());
        caller.workspace.note_call(info, &CallOutcome { status, error, ..CallOutcome::default() });
    }
    answer
}
