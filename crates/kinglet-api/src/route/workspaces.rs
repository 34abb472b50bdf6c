//! What tools ask first: which workspaces there are, and which one a token opens.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use crate::upload::form;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::member::{Member, Role};
use kinglet_workspace::{Error, Instance, Result, Workspace, timestamp_text};
use serde_json::{Value, json};

/// `GET /v0/workspace`, `GET /v1/workspace`: the workspace of the token.
pub(crate) async fn current(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let document = document(&context.instance, &caller.workspace, false);
    Ok(answer::json(200, &document))
}

/// `GET /v0/user/workspaces`, `GET /v1/user/workspaces`: every workspace of the user; with
/// their branches by `with_environments`, or those alone by `only_environments`.
pub(crate) async fn of_user(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let user = context.instance.user();
    let only = context.query.flag("only_environments");
    let with = only || context.query.flag("with_environments");
    let is_asked = |workspace: &Workspace| match workspace.main() {
        Some(_) => with,
        None => !only,
    };
    let workspaces: Vec<Value> = context
        .instance
        .workspaces()
        .iter()
        .filter(|workspace| is_asked(workspace))
        .map(|workspace| {
            let mut document = document(&context.instance, workspace, may_see_token(&caller, workspace));
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

/// The user sees every workspace's token, an admin the own one's and its branches'.
fn may_see_token(caller: &Caller, workspace: &Workspace) -> bool {
    let own = caller.workspace.id();
    caller.is_user || workspace.id() == own || workspace.main().as_deref() == Some(own)
}

/// `GET /v1/workspaces/<id>`.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let workspace = context.instance.workspace(context.capture("id"))?;
    let with_token = context.query.flag("with_token") && may_see_token(&caller, &workspace);
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

/// `PUT /v0/workspaces/<id>?name=`: another name.
pub(crate) async fn rename(mut context: Context) -> Result<Response> {
    let id = managed(&context)?;
    let params = form(&mut context).await?;
    let workspace = context.instance.rename_workspace(&id, params.get("name").unwrap_or_default()).await?;
    Ok(answer::json(200, &document(&context.instance, &workspace, false)))
}

/// `PUT /v0/workspaces/<id>/users?operation=add|remove|change_role&users=a,b&role=`. Nobody
/// gets mail; a member's token is among the workspace's tokens.
pub(crate) async fn users(mut context: Context) -> Result<Response> {
    let id = managed(&context)?;
    let params = form(&mut context).await?;
    let workspace = context.instance.workspace(&id)?;
    let users =
        params.get("users").unwrap_or_default().split(',').map(str::trim).filter(|user| !user.is_empty());
    let name = params.get("new_role").or_else(|| params.get("role")).unwrap_or("guest");
    let role = Role::from_name(name)
        .ok_or_else(|| Error::invalid(format!("role '{name}' is not known; use admin, guest or viewer")))?;
    let operation = params.get("operation").unwrap_or_default();
    for user in users {
        match operation {
            "add" | "change_role" => workspace.set_member(user, role).await?,
            "remove" => workspace.remove_member(user).await?,
            other => {
                let text = format!("operation '{other}' is not known; use add, remove or change_role");
                return Err(Error::invalid(text));
            }
        }
    }
    Ok(answer::json(200, &document(&context.instance, &workspace, false)))
}

/// The workspace in the address, when the caller is an admin of it, or the user.
fn managed(context: &Context) -> Result<String> {
    let caller = context.admin()?;
    let id = context.capture("id");
    if !caller.is_user && caller.workspace.id() != id {
        return Err(Error::forbidden("changing another workspace needs the user token"));
    }
    Ok(id.to_owned())
}

fn members(workspace: &Workspace) -> Vec<Value> {
    let member = |member: Member| json!({"id": member.token.id, "email": member.email, "role": member.role.name(), "active": true});
    workspace.members().into_iter().map(member).collect()
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
        "main": workspace.main(),
        "is_branch": workspace.main().is_some(),
        "created_at": timestamp_text(workspace.created_at()),
        "members": members(workspace),
        "is_forward": true,
        "organization": {"id": user.organization_id, "name": "Kinglet"},
    });
    if with_token {
        document["token"] = workspace.admin_token().into();
    }
    document
}
