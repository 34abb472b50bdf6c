//! `/v0/datasources/<name>/scheduling/…` and `/sample`: data sources that read a bucket.

use crate::answer;
use crate::context::Context;
use crate::document::job;
use crate::response::Response;
use kinglet_workspace::import::BucketRun;
use kinglet_workspace::{Error, Result};
use serde_json::{Value, json};

/// Largest body.
const MAX_BODY_BYTES: usize = 64 << 10;

/// Most files of a sample.
const MAX_SAMPLE: u64 = 10;

/// `POST …/scheduling/runs`: reads what is new, now. The jobs in the answer are over.
pub(crate) async fn run(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let datasource = caller.workspace.datasource(context.capture("name"))?;
    let run = caller.workspace.import_bucket(&datasource, None).await?;
    Ok(answer::json(200, &document(&context, &run)))
}

/// `POST …/sample` with `{"max_files": 1}`: reads a few files.
pub(crate) async fn sample(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let datasource = caller.workspace.datasource(context.capture("name"))?;
    let body = json_body(&mut context).await?;
    let max_files = body["max_files"].as_u64().unwrap_or(1);
    if !(1..=MAX_SAMPLE).contains(&max_files) {
        return Err(Error::invalid(format!("max_files must be between 1 and {MAX_SAMPLE}")));
    }
    let run = caller.workspace.import_bucket(&datasource, usize::try_from(max_files).ok()).await?;
    Ok(answer::json(200, &document(&context, &run)))
}

/// `GET …/scheduling/state`.
pub(crate) async fn state(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let datasource = caller.workspace.datasource(context.capture("name"))?;
    let state = if caller.workspace.is_paused(&datasource.name) { "paused" } else { "running" };
    Ok(answer::json(200, &json!({"state": state})))
}

/// `PUT …/scheduling/state` with `{"state": "paused"}` or `running`.
pub(crate) async fn set_state(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let datasource = caller.workspace.datasource(context.capture("name"))?;
    let body = json_body(&mut context).await?;
    let paused = match body["state"].as_str().unwrap_or_default() {
        "paused" => true,
        "running" => false,
        other => return Err(Error::invalid(format!("state '{other}' is not known; use running or paused"))),
    };
    caller.workspace.pause_import(&datasource, paused).await?;
    Ok(answer::json(200, &json!({"state": body["state"]})))
}

async fn json_body(context: &mut Context) -> Result<Value> {
    let body = context.take_body().collect(MAX_BODY_BYTES).await?;
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&body)
        .map_err(|error| Error::invalid(format!("the body is not valid JSON: {error}")))
}

/// The first job beside all of them: clients follow one.
fn document(context: &Context, run: &BucketRun) -> Value {
    let jobs: Vec<Value> = run.jobs.iter().map(|job| job::document(&context.instance, job)).collect();
    let mut document = run.jobs.first().map_or_else(|| json!({}), |job| job::created(&context.instance, job));
    document["jobs"] = jobs.into();
    document["known_files"] = run.n_known.into();
    document
}
