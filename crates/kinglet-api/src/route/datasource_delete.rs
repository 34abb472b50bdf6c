//! `POST /v0/datasources/<name>/delete` and its v1: deletes rows by condition.

use crate::answer;
use crate::context::Context;
use crate::document::job;
use crate::response::Response;
use crate::upload::form;
use kinglet_workspace::Result;
use serde_json::json;

/// v0 answers with a job, or with a count where `dry_run` is true.
pub(crate) async fn v0(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let params = form(&mut context).await?;
    let condition = params.get("delete_condition").unwrap_or_default();
    let name = context.capture("name");
    if params.flag("dry_run") {
        let n_rows = caller.workspace.count_matching(name, condition).await?;
        return Ok(answer::json(200, &json!({"rows_to_be_deleted": n_rows})));
    }
    let made = caller.workspace.delete_matching(name, condition).await?;
    let mut document = job::created(&context.instance, &made);
    document["delete_id"] = made.id.into();
    Ok(answer::json(200, &document))
}

/// v1 answers with the number of rows.
pub(crate) async fn v1(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let params = form(&mut context).await?;
    let condition = params.get("delete_condition").unwrap_or_default();
    let made = caller.workspace.delete_matching(context.capture("name"), condition).await?;
    let mutation = json!({"partitions_scanned": 1, "partitions_done": 1, "partitions_in_progress": 0});
    Ok(answer::json(200, &json!({"rows_affected": made.n_rows(), "mutation": mutation})))
}
