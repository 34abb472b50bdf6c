//! `/v1/deploy` and `/v1/deployments`: the live deployment, and at most one that waits beside
//! it to be promoted or discarded.

use crate::answer;
use crate::context::Context;
use crate::document::{deployment as documents, time};
use crate::response::Response;
use crate::route::build::{check_scope, project_files};
use kinglet_workspace::deploy::{DeployOptions, Staged};
use kinglet_workspace::{Error, Result, Workspace};
use serde_json::{Map, Value, json};

/// `POST /v1/deploy`.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    let files = project_files(&mut context).await?;
    let options = DeployOptions {
        check_only: context.query.flag("check"),
        allow_destructive: context.query.flag("allow_destructive_operations"),
        is_deployment: true,
        auto_promote: context.query.flag("auto_promote"),
    };
    let deployment = caller.workspace.deploy(files, options).await?;
    let mut document = live(&caller.workspace);
    document.insert("id".into(), deployment.id.to_string().into());
    document.insert("live".into(), deployment.is_live.into());
    documents::changes(&mut document, &deployment.changes);
    document.insert("data_movements".into(), documents::movements(&deployment.movements));
    document.insert("feedback".into(), documents::feedback(&deployment));
    document.insert("errors".into(), documents::errors(&deployment.errors));
    let result = if !deployment.errors.is_empty() {
        document.insert("status".into(), "failed".into());
        document.insert("live".into(), false.into());
        "failed"
    } else if deployment.changes.is_empty() {
        "no_changes"
    } else {
        "success"
    };
    let mut answer = json!({"result": result, "deployment": document});
    if !deployment.errors.is_empty() {
        answer["errors"] = documents::errors(&deployment.errors);
    }
    Ok(answer::json(200, &answer))
}

/// A deployment without changes.
fn plain(id: u64, status: &str, is_live: bool, at: i64) -> Map<String, Value> {
    let mut document = Map::new();
    document.insert("id".into(), id.to_string().into());
    document.insert("status".into(), status.into());
    document.insert("live".into(), is_live.into());
    document.insert("created_at".into(), time(at));
    document.insert("updated_at".into(), time(at));
    for name in [
        "disconnected_data_source_names",
        "new_data_connector_ids",
        "token_changes",
        "data_movements",
        "feedback",
        "errors",
    ] {
        document.insert(name.into(), json!([]));
    }
    document
}

fn live(workspace: &Workspace) -> Map<String, Value> {
    let (id, at) = workspace.deployment();
    plain(id, "data_ready", true, if at == 0 { workspace.created_at() } else { at })
}

fn staged(staged: &Staged) -> Map<String, Value> {
    let status = if staged.failed.is_some() { "failed" } else { "data_ready" };
    let mut document = plain(staged.id, status, false, staged.created_at);
    documents::changes(&mut document, &staged.changes);
    document.insert("data_movements".into(), documents::movements(&staged.movements));
    if let Some(why) = &staged.failed {
        document.insert("errors".into(), json!([{"error": why}]));
    }
    document
}

/// `GET /v1/deployments`: the live one first.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    let mut deployments = vec![live(&caller.workspace)];
    deployments.extend(caller.workspace.staged().map(|found| staged(&found)));
    Ok(answer::json(200, &json!({"deployments": deployments})))
}

/// `GET /v1/deployments/<id>`: of those that were live before, only that they are gone.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    Ok(answer::json(200, &json!({"deployment": found(&context, &caller.workspace)?})))
}

fn found(context: &Context, workspace: &Workspace) -> Result<Map<String, Value>> {
    let id = number(context)?;
    if let Some(waiting) = workspace.staged().filter(|staged| staged.id == id) {
        return Ok(staged(&waiting));
    }
    match workspace.last_deployment() {
        _ if id == workspace.deployment().0 => Ok(live(workspace)),
        last if id <= last => Ok(plain(id, "deleted", false, workspace.created_at())),
        _ => Err(not_found(id)),
    }
}

fn number(context: &Context) -> Result<u64> {
    let text = context.capture("id");
    text.parse().map_err(|_| Error::not_found(format!("Deployment '{text}' not found")))
}

fn not_found(id: u64) -> Error {
    Error::not_found(format!("Deployment '{id}' not found"))
}

/// `POST /v1/deployments/<id>/set-live`.
pub(crate) async fn set_live(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    let id = number(&context)?;
    if id != caller.workspace.deployment().0 {
        caller.workspace.promote(id).await?;
    }
    Ok(answer::json(200, &json!({"result": "success", "deployment": live(&caller.workspace)})))
}

/// `DELETE /v1/deployments/<id>`: discards the one that waits; those that were live before are
/// gone already.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    let id = number(&context)?;
    if caller.workspace.staged().is_some_and(|staged| staged.id == id) {
        caller.workspace.discard(id).await?;
    } else if id == caller.workspace.deployment().0 {
        return Err(Error::conflict("the live deployment cannot be deleted"));
    } else if id > caller.workspace.last_deployment() {
        return Err(not_found(id));
    }
    let document = plain(id, "deleted", false, caller.workspace.created_at());
    Ok(answer::json(200, &json!({"result": "success", "deployment": document})))
}
