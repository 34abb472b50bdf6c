//! `/v1/deploy` and `/v1/deployments`. A deployment is one commit: it is live as soon as
//! it is made, and there is no staging one beside it.

use crate::answer;
use crate::context::Context;
use crate::document::{deployment as documents, time};
use crate::response::Response;
use crate::route::build::{check_scope, project_files};
use kinglet_workspace::deploy::DeployOptions;
use kinglet_workspace::{Error, Result, Workspace};
use serde_json::{Map, Value, json};

/// `POST /v1/deploy`.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    let files = project_files(&mut context).await?;
    let check_only = context.query.flag("check");
    let options = DeployOptions {
        check_only,
        allow_destructive: context.query.flag("allow_destructive_operations"),
        is_deployment: true,
    };
    let deployment = caller.workspace.deploy(files, options).await?;
    let mut document = live(&caller.workspace);
    document.insert("id".into(), deployment.id.to_string().into());
    documents::changes(&mut document, &deployment.changes);
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

/// The live deployment, without changes.
fn live(workspace: &Workspace) -> Map<String, Value> {
    let (id, at) = workspace.deployment();
    let at = if at == 0 { workspace.created_at() } else { at };
    let mut document = Map::new();
    document.insert("id".into(), id.to_string().into());
    document.insert("status".into(), "data_ready".into());
    document.insert("live".into(), true.into());
    document.insert("created_at".into(), time(at));
    document.insert("updated_at".into(), time(at));
    for name in
        ["disconnected_data_source_names", "new_data_connector_ids", "token_changes", "data_movements"]
    {
        document.insert(name.into(), json!([]));
    }
    document.insert("feedback".into(), json!([]));
    document.insert("errors".into(), json!([]));
    document
}

/// `GET /v1/deployments`.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    Ok(answer::json(200, &json!({"deployments": [live(&caller.workspace)]})))
}

/// `GET /v1/deployments/<id>`: only the live one is kept.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    check_live(&context, &caller.workspace)?;
    Ok(answer::json(200, &json!({"deployment": live(&caller.workspace)})))
}

/// `POST /v1/deployments/<id>/set-live`: it is already.
pub(crate) async fn set_live(context: Context) -> Result<Response> {
    get(context).await
}

/// `DELETE /v1/deployments/<id>`: those before the live one are gone already.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    if check_live(&context, &caller.workspace).is_ok() {
        return Err(Error::conflict("the live deployment cannot be deleted"));
    }
    Ok(answer::json(200, &json!({"result": "success"})))
}

fn check_live(context: &Context, workspace: &Workspace) -> Result<()> {
    let wanted = context.capture("id");
    if workspace.deployment().0.to_string() == wanted {
        return Ok(());
    }
    Err(Error::not_found(format!("Deployment '{wanted}' not found")))
}
