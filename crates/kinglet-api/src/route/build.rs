//! `POST /v1/build`: a whole project, applied in place.

use crate::answer;
use crate::context::Context;
use crate::document::deployment as documents;
use crate::multipart::Multipart;
use crate::response::Response;
use kinglet_workspace::deploy::{DeployOptions, Files};
use kinglet_workspace::token::Scope;
use kinglet_workspace::{Error, Result};
use serde_json::{Map, Value, json};

/// Largest file of a project.
const MAX_FILE_BYTES: usize = 4 << 20;

/// Files of a project at most.
const MAX_FILES: usize = 10_000;

/// Builds.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.caller()?;
    check_scope(&caller)?;
    let files = project_files(&mut context).await?;
    let deployment = caller.workspace.deploy(files, DeployOptions::default()).await?;
    if !deployment.errors.is_empty() {
        let errors = documents::errors(&deployment.errors);
        return Ok(answer::json(200, &json!({"result": "failed", "errors": errors})));
    }
    let mut build = Map::new();
    build.insert("id".into(), deployment.id.to_string().into());
    let project = caller.workspace.project();
    let named = |names: Vec<&String>| -> Value { names.iter().map(|name| json!({"name": name})).collect() };
    build.insert("datasources".into(), named(project.datasources.keys().collect()));
    build.insert("pipes".into(), named(project.pipes.keys().collect()));
    documents::changes(&mut build, &deployment.changes);
    build.insert("feedback".into(), documents::feedback(&deployment));
    Ok(answer::json(200, &json!({"result": "success", "build": build})))
}

/// # Errors
/// Kind `Forbidden` for tokens that may not deploy.
pub(super) fn check_scope(caller: &kinglet_workspace::instance::Caller) -> Result<()> {
    if caller.access.may(Scope::WorkspaceDeploy) {
        return Ok(());
    }
    Err(Error::forbidden("deploying needs a token with the ADMIN or WORKSPACE:DEPLOY scope"))
}

/// The files of a multipart project: parts called `data_project://`, by file name.
pub(super) async fn project_files(context: &mut Context) -> Result<Files> {
    let content_type = context.headers.get("content-type").unwrap_or_default().to_owned();
    let body = context.take_body();
    let mut multipart = Multipart::new(&content_type, body).ok_or_else(|| {
        Error::invalid("the project must be sent as multipart/form-data, one part 'data_project://' per file")
    })?;
    let mut files = Files::new();
    while let Some(head) = multipart.next_part().await? {
        let bytes = multipart.collect(MAX_FILE_BYTES).await?;
        let prefix = match &*head.name {
            "data_project://" => "",
            "data_project_vendored://" => "vendor/",
            _ => continue,
        };
        let name = head.file_name.unwrap_or_default();
        let path = clean_path(&name)
            .ok_or_else(|| Error::invalid(format!("'{name}' is not a path in a project")))?;
        let path = if path.starts_with(prefix) { path } else { format!("{prefix}{path}") };
        let text = String::from_utf8(bytes.to_vec())
            .map_err(|_| Error::invalid(format!("the file '{path}' is not UTF-8 text")))?;
        files.insert(path, text);
        if files.len() > MAX_FILES {
            return Err(Error::invalid(format!("a project has at most {MAX_FILES} files")));
        }
    }
    Ok(files)
}

fn clean_path(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let segments: Vec<&str> = name.split('/').filter(|segment| !matches!(*segment, "" | ".")).collect();
    let clean = !segments.is_empty() && !segments.contains(&"..");
    clean.then(|| segments.join("/"))
}
