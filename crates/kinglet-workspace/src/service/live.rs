//! Service data sources that tell how things are now.

use crate::job::Job;
use crate::workspace::Workspace;
use serde_json::{Value, json};

/// The rows of a source that is made on the spot, as lines of JSON; `None` for others.
pub(crate) fn lines(workspace: &Workspace, name: &str) -> Option<Vec<u8>> {
    let rows: Vec<Value> = match name {
        "tinybird.jobs_log" => workspace.jobs().iter().map(|job| job_row(workspace, job)).collect(),
        "tinybird.datasources_storage" => storage_rows(workspace),
        "organization.workspaces" => vec![workspace_row(workspace)],
        _ => return None,
    };
    let mut lines = Vec::new();
    for row in rows {
        lines.extend_from_slice(row.to_string().as_bytes());
        lines.push(b'\n');
    }
    Some(lines)
}

fn millis(micros: i64) -> String {
    let mut text = crate::host::timestamp_text(micros);
    text.truncate(23);
    text
}

fn job_row(workspace: &Workspace, job: &Job) -> Value {
    let metadata = json!({
        "mode": job.mode, "format": job.format, "url": job.url, "rows": job.n_rows(),
        "quarantine_rows": job.n_quarantined(), "datasource_name": job.datasource_name,
        "pipe_name": job.pipe_name,
    });
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "job_id": job.id, "job_type": job.kind.text(), "status": job.status.text(), "error": job.error,
        "workspace_id": workspace.id(), "request_id": null, "pipe_id": some(&job.pipe_id),
        "datasource_id": some(&job.datasource_id), "created_at": millis(job.created_at),
        "started_at": job.started_at.map(millis), "updated_at": millis(job.updated_at),
        "job_metadata": metadata.to_string(),
    })
}

fn storage_rows(workspace: &Workspace) -> Vec<Value> {
    let now = workspace.now_text();
    let project = workspace.project();
    let row = |name: &String| {
        let (here, aside) =
            (workspace.table_statistics(name), workspace.table_statistics(&format!("{name}_quarantine")));
        json!({
            "datasource_id": workspace.identity(name).id, "datasource_name": name,
            "timestamp": now.get(..19), "bytes": here.bytes, "rows": here.rows,
            "bytes_quarantine": aside.bytes, "rows_quarantine": aside.rows,
        })
    };
    project.datasources.keys().map(row).collect()
}

fn workspace_row(workspace: &Workspace) -> Value {
    json!({
        "workspace_id": workspace.id(), "name": workspace.name(), "database": workspace.id(), "plan": "local",
        "created_at": crate::host::timestamp_text(workspace.created_at()).get(..19), "deleted_at": null,
        "origin": "",
    })
}
