//! `POST /v0/events`: rows as JSON, visible before the answer, all or none.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use crate::upload::insert_name;
use kinglet_workspace::import::{Encoding, Format, Import, Mode};
use kinglet_workspace::{Error, Result};
use serde_json::json;

/// Adds the body's rows.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let name = context.query.get("name").unwrap_or_default().to_owned();
    if name.is_empty() {
        return Err(Error::invalid("the parameter 'name' is missing: the data source to add events to"));
    }
    let format = match context.query.get("format").unwrap_or("ndjson") {
        "ndjson" => Format::Ndjson,
        "json" => Format::Json,
        other => {
            return Err(Error::invalid(format!("format '{other}' is not supported; use ndjson or json")));
        }
    };
    let datasource = caller.workspace.datasource(&name)?;
    if !caller.access.may_append(&datasource.name) {
        return Err(super::no_access("DATASOURCES:APPEND", &datasource.name));
    }
    let encoding = context.headers.get("content-encoding").map(Encoding::from_header).transpose()?;
    let import = Import {
        datasource: datasource.name.clone(),
        mode: Mode::Append,
        format,
        dialect: None,
        encoding,
        url: String::new(),
        condition: None,
        insert: insert_name(&context)?,
        body: context.take_body().into_stream(),
    };
    let wait = context.query.flag("wait");
    let counts = caller.workspace.add_events(import, wait).await?;
    // What is answered is visible; without `wait` it survives a crash only a moment later.
    let status = if wait { 200 } else { 202 };
    Ok(answer::json(status, &json!({"successful_rows": counts.rows, "quarantined_rows": counts.quarantined})))
}
