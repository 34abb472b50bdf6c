//! What tools ask first: which workspaces there are, and which one a token opens.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::{Instance, Result, Workspace};
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
