//! Jobs as JSON.

use super::time;
use kinglet_workspace::Instance;
use kinglet_workspace::job::{Job, JobBlock, JobKind};
use serde_json::{Value, json};

/// The document of a job.
pub(crate) fn document(instance: &Instance, job: &Job) -> Value {
    let mut document = json!({
        "id": job.id,
        "job_id": job.id,
        "kind": job.kind.text(),
        "status": job.status.text(),
        "created_at": time(job.created_at),
        "started_at": job.started_at.map_or(Value::Null, time),
        "updated_at": time(job.updated_at),
        "job_url": url(instance, job),
        "is_cancellable": !job.status.is_over(),
        "datasource": {"id": job.datasource_id, "name": job.datasource_name},
        "rows": job.n_rows(),
    });
    match job.kind {
        JobKind::Import => {
            document["mode"] = job.mode.as_str().into();
            document["format"] = job.format.as_str().into();
            document["url"] = job.url.as_str().into();
            document["import_id"] = job.id.as_str().into();
            document["quarantine_rows"] = job.n_quarantined().into();
            document["invalid_lines"] = 0.into();
            document["blocks"] = job.blocks.iter().enumerate().map(block).collect();
            document["statistics"] = json!({"bytes": bytes(job), "row_count": job.n_rows()});
        }
        JobKind::Sink => {
            document["pipe_id"] = job.pipe_id.as_str().into();
            document["pipe_name"] = job.pipe_name.as_str().into();
            document["statistics"] = json!({"bytes": bytes(job), "row_count": job.n_rows()});
        }
        JobKind::Copy | JobKind::Populate => {
            document["pipe_id"] = job.pipe_id.as_str().into();
            document["pipe_name"] = job.pipe_name.as_str().into();
        }
        JobKind::Branch => {}
        JobKind::DeleteData => document["delete_id"] = job.id.as_str().into(),
    }
    if let Some(error) = job.error.as_ref().or(contents_error(job).as_ref()) {
        document["error"] = error.as_str().into();
        document["errors"] = json!([error]);
    }
    if job.interrupted {
        document["interrupted"] = true.into();
    }
    document
}

/// The summary for an import that left rows out.
pub(crate) fn contents_error(job: &Job) -> Option<String> {
    let rows = job.n_quarantined();
    (rows > 0).then(|| {
        let noun = if rows == 1 { "row" } else { "rows" };
        format!("There was an error with file contents: {rows} {noun} in quarantine.")
    })
}

/// Where a job is looked up.
pub(crate) fn url(instance: &Instance, job: &Job) -> String {
    format!("{}/v0/jobs/{}", instance.settings().base_url, job.id)
}

/// The answer of a call that made a job.
pub(crate) fn created(instance: &Instance, job: &Job) -> Value {
    json!({
        "id": job.id,
        "job_id": job.id,
        "import_id": job.id,
        "job_url": url(instance, job),
        "status": job.status.text(),
        "job": document(instance, job),
    })
}

fn bytes(job: &Job) -> u64 {
    job.blocks.iter().map(|block| block.bytes).sum()
}

fn block((at, block): (usize, &JobBlock)) -> Value {
    json!({
        "block_id": at.to_string(),
        "process_return": [{
            "lines": block.rows,
            "parser": "kinglet",
            "quarantine": block.quarantined,
            "bytes": block.bytes,
            "invalid_lines": 0,
            "empty_lines": 0,
        }],
        "processing_time": block.micros as f64 / 1e6,
    })
}
