//! `/v1/environments`, `/v0/environments`: branches.

use crate::answer;
use crate::context::Context;
use crate::document::job;
use crate::response::Response;
use crate::upload::form;
use kinglet_workspace::{Error, Result, Workspace, timestamp_text};
use serde_json::{Value, json};

/// `GET /v1/environments`.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let branches = context.instance.branches(&caller.workspace);
    let documents: Vec<Value> = branches.iter().map(|branch| document(branch, false)).collect();
    Ok(answer::json(200, &json!({"environments": documents})))
}

/// `POST /v1/environments?name=&data=last_partition|all_partitions`: it is there at once, the
/// job in the answer is over. Rows cost nothing to take along, so both words take all.
pub(crate) async fn create(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let params = form(&mut context).await?;
    let name = params.get("name").unwrap_or_default();
    let data = params.get("data").unwrap_or_default();
    let with_rows = match data {
        "" => params.flag("last_partition"),
        "last_partition" | "all_partitions" => true,
        other => {
            let text = format!("data '{other}' is not known; use last_partition or all_partitions");
            return Err(Error::invalid(text));
        }
    };
    let branch = context.instance.create_branch(&caller.workspace, name, with_rows).await?;
    let job = caller.workspace.branch_job().await?;
    let job = job::document(&context.instance, &job);
    Ok(answer::json(200, &json!({"job": job, "workspace": document(&branch, true)})))
}

/// `GET /v0/environments/<name or id>?with_token=`.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let branch = context.instance.branch(&caller.workspace, context.capture("name"))?;
    Ok(answer::json(200, &document(&branch, context.query.flag("with_token"))))
}

/// `DELETE /v0/environments/<name or id>`.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let branch = context.instance.branch(&caller.workspace, context.capture("name"))?;
    context.instance.delete_workspace(branch.id()).await?;
    Ok(answer::json(200, &json!({"ok": true})))
}

fn document(branch: &Workspace, with_token: bool) -> Value {
    let created_at = timestamp_text(branch.created_at());
    let mut document = json!({"id": branch.id(), "name": branch.name(), "created_at": created_at});
    if with_token {
        document["token"] = branch.admin_token().into();
    }
    document
}
