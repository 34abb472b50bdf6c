//! `/v0/datasources`: list, look at, create, append, replace, drop.

use crate::answer;
use crate::context::Context;
use crate::document;
use crate::document::datasource::document as datasource_document;
use crate::response::Response;
use crate::upload::Upload;
use kinglet_workspace::analyze::Hints;
use kinglet_workspace::create::Creation;
use kinglet_workspace::import::{Dialect, Import, Mode};
use kinglet_workspace::instance::Caller;
use kinglet_workspace::job::{Job, JobStatus};
use kinglet_workspace::token::Scope;
use kinglet_workspace::{Error, Result};
use serde_json::{Value, json};

/// `GET /v0/datasources`: those that the token can read or append to.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let project = caller.workspace.project();
    let attrs = context.query.get("attrs");
    let mut documents: Vec<Value> = project
        .datasources
        .values()
        .filter(|found| may_see(&caller, &found.name))
        .map(|found| document::only(datasource_document(&caller.workspace, found), attrs))
        .collect();
    for (owner, found) in caller.workspace.shared_datasources() {
        let name = format!("{}.{}", owner.name(), found.name);
        if !may_see(&caller, &name) {
            continue;
        }
        let mut document = datasource_document(&owner, &found);
        document["name"] = name.into();
        document["shared_with"] = json!([]);
        document["shared_from"] = json!({"id": owner.id(), "name": owner.name()});
        documents.push(document::only(document, attrs));
    }
    Ok(answer::json(200, &json!({"datasources": documents})))
}

/// `GET /v0/datasources/<name or id>`.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let datasource = caller.workspace.datasource(context.capture("name"))?;
    if !may_see(&caller, &datasource.name) {
        return Err(super::no_access("DATASOURCES:READ", &datasource.name));
    }
    let document = datasource_document(&caller.workspace, &datasource);
    Ok(answer::json(200, &document::only(document, context.query.get("attrs"))))
}

/// `GET /v0/datasources/<name>.datasource`: the file as it was written; that of
/// `<workspace>.<name>` where another workspace shares it.
pub(crate) async fn file(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let name = context.capture("name");
    let shared = caller.workspace.shared_datasources().into_iter();
    let mut shared = shared.filter(|(owner, found)| format!("{}.{}", owner.name(), found.name) == name);
    if let Some((owner, found)) = shared.next().filter(|_| may_see(&caller, name)) {
        let text = owner.project().files.get(&found.path).cloned();
        return Ok(answer::file(text.unwrap_or_default()));
    }
    let datasource = caller.workspace.datasource(context.capture("name"))?;
    if !may_see(&caller, &datasource.name) {
        return Err(super::no_access("DATASOURCES:READ", &datasource.name));
    }
    let project = caller.workspace.project();
    let text = project.files.get(&datasource.path).cloned().unwrap_or_default();
    Ok(answer::file(text))
}

fn may_see(caller: &Caller, name: &str) -> bool {
    caller.access.may_read_datasource(name) || caller.access.may_append(name)
}

/// `DELETE /v0/datasources/<name>`.
pub(crate) async fn delete(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let datasource = caller.workspace.datasource(context.capture("name"))?;
    if !caller.access.may_on(Scope::DatasourcesDrop, &datasource.name) {
        return Err(super::no_access("DATASOURCES:DROP", &datasource.name));
    }
    if !context.query.flag("dry_run") {
        caller.workspace.drop_datasource(&datasource.name).await?;
    }
    Ok(Response::new(204))
}

/// `POST /v0/datasources`: `mode=create` (the default), `append` or `replace`.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let upload = Upload::of(&mut context, &caller).await?;
    let name = upload.params.get("name").unwrap_or_default().to_owned();
    match upload.params.get("mode").unwrap_or("create") {
        "create" => create(&context, &caller, name, upload).await,
        "append" => fill(&context, &caller, &name, upload, Mode::Append).await,
        "replace" => fill(&context, &caller, &name, upload, Mode::Replace).await,
        other => {
            Err(Error::invalid(format!("mode '{other}' is not supported; use create, append or replace")))
        }
    }
}

async fn create(context: &Context, caller: &Caller, name: String, upload: Upload) -> Result<Response> {
    if !caller.access.may(Scope::DatasourcesCreate) {
        return Err(Error::forbidden(
            "creating a data source needs a token with the ADMIN or DATASOURCES:CREATE scope",
        ));
    }
    let engine = upload.params.iter().filter_map(|(key, value)| {
        let option = key.strip_prefix("engine")?;
        let option = option.strip_prefix('_').unwrap_or(option);
        Some((option.to_owned(), value.to_owned()))
    });
    let mut creation = Creation {
        name,
        schema: upload.params.get("schema").map(str::to_owned),
        engine: engine.collect(),
        description: upload.params.get("description").map(str::to_owned),
    };
    if let Some(ttl) = upload.params.get("ttl") {
        creation.engine.push(("ttl".to_owned(), ttl.to_owned()));
    }
    let hints = Hints {
        format: upload.format()?,
        delimiter: upload.character("dialect_delimiter")?,
        escape: upload.character("dialect_escapechar")?,
        encoding: upload.encoding,
        all_text: !upload.params.flag_or("type_guessing", true),
    };
    let Some(body) = upload.body else {
        caller.workspace.create_datasource(&creation).await?;
        let datasource = caller.workspace.datasource(&creation.name)?;
        let document = datasource_document(&caller.workspace, &datasource);
        return Ok(answer::json(200, &json!({"datasource": document})));
    };
    let job =
        caller.workspace.create_from_file(&creation, &hints, (&upload.url, upload.insert), body).await?;
    imported(context, caller, &job)
}

async fn fill(
    context: &Context,
    caller: &Caller,
    name: &str,
    upload: Upload,
    mode: Mode,
) -> Result<Response> {
    let job = import(caller, name, upload, mode).await?;
    imported(context, caller, &job)
}

/// Imports the file of a request into a data source.
pub(crate) async fn import(caller: &Caller, name: &str, upload: Upload, mode: Mode) -> Result<Job> {
    if name.is_empty() {
        return Err(Error::invalid("the parameter 'name' is missing: the data source to fill"));
    }
    let condition = upload.params.get("replace_condition").filter(|condition| !condition.trim().is_empty());
    let condition = condition.map(str::to_owned);
    if condition.is_some() && mode == Mode::Append {
        return Err(Error::invalid("replace_condition needs mode=replace"));
    }
    let datasource = caller.workspace.datasource(name)?;
    let access = &caller.access;
    // Who may only append cannot take away the rows that are there.
    let may_append = mode == Mode::Append && access.may_append(&datasource.name);
    if !may_append && !access.may(Scope::DatasourcesCreate) {
        let (scope, name) = ("DATASOURCES:APPEND", &datasource.name);
        return Err(match mode {
            Mode::Append => super::no_access(scope, name),
            Mode::Replace => {
                Error::forbidden("replacing rows needs a token with the ADMIN or DATASOURCES:CREATE scope")
            }
        });
    }
    let format = upload.format()?.unwrap_or(kinglet_workspace::import::Format::Csv);
    let delimiter = upload.character("dialect_delimiter")?;
    let escape = upload.character("dialect_escapechar")?;
    let dialect = delimiter
        .map(|delimiter| Dialect { delimiter, ..Dialect::default() })
        .or_else(|| escape.map(|_| Dialect::default()))
        .map(|dialect| Dialect { escape, ..dialect });
    let body = upload.body.ok_or_else(|| {
        Error::invalid(
            "there is nothing to import: send the file as the body, as a form field, or give 'url'",
        )
    });
    // An empty body is an import of no rows.
    let body = body.unwrap_or_else(|_| Box::pin(futures::stream::empty()));
    let import = Import {
        datasource: datasource.name.clone(),
        mode,
        format,
        dialect,
        encoding: upload.encoding,
        url: upload.url,
        condition,
        insert: upload.insert,
        body,
    };
    caller.workspace.import(import).await
}

/// The answer to an import of v0: the job's, where it came from a URL, else counts.
fn imported(context: &Context, caller: &Caller, job: &Job) -> Result<Response> {
    let rows = job.n_rows();
    if let (JobStatus::Error, Some(error)) = (job.status, &job.error) {
        let stored = if rows > 0 && job.mode != "replace" {
            format!(" ({rows} rows before it are stored)")
        } else {
            String::new()
        };
        return Err(Error::invalid(format!("{error}{stored}")));
    }
    if !job.url.is_empty() {
        return Ok(answer::json(200, &document::job::created(&context.instance, job)));
    }
    let datasource = caller.workspace.datasource(&job.datasource_name)?;
    Ok(answer::json(
        200,
        &json!({
            "import_id": job.id,
            "datasource": datasource_document(&caller.workspace, &datasource),
            "error": document::job::contents_error(job).map_or(json!(false), Value::from),
            "quarantine_rows": job.n_quarantined(),
            "invalid_lines": 0,
            "successful_rows": rows,
            "quarantined_rows": job.n_quarantined(),
            "blocks": document::job::document(&context.instance, job)["blocks"],
        }),
    ))
}
