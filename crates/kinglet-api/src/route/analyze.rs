//! `POST /v0/analyze`: columns and types of a file, before anything is made of it.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use crate::upload::Upload;
use kinglet_workspace::analyze::{Analysis, Hints, analyze};
use kinglet_workspace::token::Scope;
use kinglet_workspace::{Error, Result};
use serde_json::{Value, json};

/// Analyzes the body, or what is at `?url=`.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.caller()?;
    if !caller.access.may(Scope::DatasourcesCreate) && !caller.access.has(Scope::DatasourcesAppend) {
        return Err(Error::forbidden("analyzing a file needs a token that may create or fill data sources"));
    }
    let upload = Upload::of(&mut context, &caller).await?;
    let hints = Hints {
        format: upload.format()?,
        delimiter: upload.character("dialect_delimiter")?,
        escape: upload.character("dialect_escapechar")?,
        encoding: upload.encoding,
        all_text: !upload.params.flag_or("type_guessing", true),
    };
    let body = upload.body.ok_or_else(|| {
        Error::invalid(
            "there is nothing to analyze: send the file as the body, as a form field, or give 'url'",
        )
    })?;
    let (analysis, _) = analyze(body, &hints).await?;
    Ok(answer::json(200, &document(&analysis)))
}

fn document(analysis: &Analysis) -> Value {
    let columns: Vec<Value> = analysis
        .columns
        .iter()
        .map(|column| {
            json!({
                "path": column.path,
                "recommended_type": column.ty,
                "present_pct": column.present_share,
                "name": column.name,
            })
        })
        .collect();
    let dialect = analysis.dialect.as_ref().map(|dialect| {
        json!({
            "delimiter": dialect.delimiter.to_string(),
            "quotechar": dialect.quote.to_string(),
            "escapechar": dialect.escape.map(String::from),
            "new_line": dialect.new_line,
            "has_header": dialect.header,
        })
    });
    json!({
        "analysis": {"columns": columns, "schema": analysis.schema()},
        "dialect": dialect,
        "format": analysis.format.name(),
        "datasource": analysis.datasource.to_datafile(),
    })
}
