//! `GET|POST /v0/sql`: any query.

use crate::answer;
use crate::context::Context;
use crate::noted;
use crate::query_call::QueryCall;
use crate::response::Response;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::query::Call;
use kinglet_workspace::{CallInfo, Error, Result};
use std::rc::Rc;

/// Answers the query in `?q=`, in a form, in JSON, or as the body.
pub(crate) async fn handle(mut context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let info = noted::info(&context, &caller, None);
    let asked = QueryCall::of(&mut context, true).await?;
    noted::outcome(&caller, &info, answered(&caller, &asked, info.clone()).await)
}

async fn answered(caller: &Caller, asked: &QueryCall, info: Rc<CallInfo>) -> Result<Response> {
    let sql = asked.q.as_deref().filter(|sql| !sql.trim().is_empty()).ok_or_else(|| {
        Error::invalid("there is no query: send it as '?q=', as a form or JSON member 'q', or as the body")
    })?;
    let pipeline = asked.params.get("pipeline").filter(|name| !name.is_empty());
    let call = Call { info: Some(info), ..asked.call("JSON") };
    let made = caller.workspace.query(&caller.access, sql, pipeline, call).await?;
    answer::held_back(made.content_type, made.chunks).await
}
