//! What tools ask first: which workspaces there are, and which one a token opens.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use crate::upload::form;
use kinglet_workspace::{Error, Instance, Result, Workspace};
use serde_json::{Value, json};

/// `GET /v0/workspace`, `GET /v1/workspace`: the workspace of the token.
pub(crate) async fn current(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let document = document(&context.instance, &caller.workspace, false);
    Ok(answer::json(200, &document))
}

/// `GET /v0/user/workspaces`, `GET /v1/user/workspaces`: every workspace of the user.
pub(crate) async fn of_user(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let user = context.instance.user();
    let workspaces: Vec<Value> = context
        .instance
        .workspaces()
        .iter()
        .map(|workspace| {
            let mut document = document(&context.instance, workspace, true);
            document["current"] = (workspace.id() == caller.workspace.id()).into();
            document
        })
        .collect();
    Ok(answer::json(
        200,
        &json!({
            "id": user.id,
            "email": user.email,
            "organization_id": user.organization_id,
            "organization_name": "Kinglet",
            "organizations": [{"id": user.organization_id, "name": "Kinglet"}],
            "workspaces": workspaces,
        }),
    ))
}

/// `POST /v1/workspaces?name=`.
pub(crate) async fn create(mut context: Context) -> Result<Response> {
    context.admin()?;
    let params = form(&mut context).await?;
    let name = params.get("name").unwrap_or_default();
    let workspace = context.instance.create_workspace(name).await?;
    Ok(answer::json(200, &document(&context.instance, &workspace, true)))
}

/// `GET /v1/workspaces/<id>`.
pub(crate) async fn get(context: Context) -> Result<Response> {
    context.admin()?;
    let id = context.capture("id");
    let found = context.instance.workspaces().into_iter().find(|workspace| workspace.id() == id);
    let workspace = found.ok_or_else(|| Error::not_found(format!("Workspace '{id}' not found")))?;
    let with_token = context.query.flag("with_token");
    Ok(answer::json(200, &document(&context.instance, &workspace, with_token)))
}

/// `DELETE /v1/workspaces/<id>`: with all its data, for the user alone.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let id = context.capture("id");
    if !caller.is_user && caller.workspace.id() != id {
        return Err(Error::forbidden("deleting another workspace needs the user token"));
    }
    context.instance.delete_workspace(id).await?;
    Ok(answer::json(200, &json!({"ok": true})))
}

fn document(instance: &Instance, workspace: &Workspace, with_token: bool) -> Value {
    let user = instance.user();
    let mut document = json!({
        "id": workspace.id(),
        "name": workspace.name(),
        "user_id": user.id,
        "user_email": user.email,
        "scope": "user",
        "role": "admin",
        "owner": user.id,
        "plan": "local",
        "main": null,
        "is_branch": false,
        "is_forward": true,
        "organization": {"id": user.organization_id, "name": "Kinglet"},
    });
    if with_token {
        document["token"] = workspace.admin_token().into();
    }
    document
}
