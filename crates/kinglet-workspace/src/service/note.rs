//! What is noted: calls of endpoints and queries, and operations on data sources.

use crate::job::{Job, JobKind, JobStatus};
use crate::workspace::Workspace;
use serde_json::{Map, Value, json};

/// A call of an endpoint or a query, as it came in.
#[derive(Clone, Debug, Default)]
pub struct CallInfo {
    /// Id of the pipe; `query_api` for a query.
    pub pipe_id: String,
    /// Name of the pipe; `query_api` for a query.
    pub pipe_name: String,
    /// Id of the token.
    pub token_id: String,
    /// Name of the token.
    pub token_name: String,
    /// Path and query, without the token.
    pub url: String,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Parameters of the address; those of a body are not noted.
    pub parameters: Vec<(String, String)>,
    /// What the client calls itself.
    pub user_agent: Option<String>,
}

/// What became of a call.
#[derive(Clone, Debug, Default)]
pub struct CallOutcome {
    /// HTTP status.
    pub status: u16,
    /// Why it failed.
    pub error: Option<String>,
    /// Seconds that it took.
    pub secs: f64,
    /// Rows of the answer.
    pub result_rows: u64,
    /// Rows that were read.
    pub read_rows: u64,
    /// Bytes that were read.
    pub read_bytes: u64,
}

/// An operation on a data source.
pub(crate) struct Operation<'a> {
    pub(crate) event_type: &'a str,
    pub(crate) datasource: &'a str,
    pub(crate) error: Option<&'a str>,
    pub(crate) secs: f64,
    pub(crate) rows: u64,
    pub(crate) quarantined: u64,
    pub(crate) job_id: Option<&'a str>,
    pub(crate) pipe_name: &'a str,
}

impl<'a> Operation<'a> {
    /// An operation that went well.
    pub(crate) fn new(event_type: &'a str, datasource: &'a str) -> Operation<'a> {
        Operation {
            event_type,
            datasource,
            error: None,
            secs: 0.0,
            rows: 0,
            quarantined: 0,
            job_id: None,
            pipe_name: "",
        }
    }
}

impl Workspace {
    /// Notes a call that is over. Queries about service data sources alone are not noted.
    pub fn note_call(&self, info: &CallInfo, outcome: &CallOutcome) {
        if info.pipe_name == "query_api" && info.url.contains("tinybird.") {
            return;
        }
        let now = self.now_text();
        let started = now.get(..19).unwrap_or_default();
        let request_id = crate::host::uuid(&*self.shared.components.random);
        let parameters: Map<String, Value> =
            info.parameters.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        let failed = outcome.status >= 400;
        if failed {
            let params = Value::Object(parameters.clone()).to_string();
            let row = json!({
                "start_datetime": started, "request_id": request_id, "pipe_id": info.pipe_id,
                "pipe_name": info.pipe_name, "params": params, "url": info.url,
                "status_code": outcome.status, "error": outcome.error, "resource_tags": [],
            });
            self.note("tinybird.endpoint_errors", &row);
        }
        let row = json!({
            "start_datetime": started, "pipe_id": info.pipe_id, "pipe_name": info.pipe_name,
            "token": info.token_id, "token_name": info.token_name, "duration": outcome.secs,
            "read_bytes": outcome.read_bytes, "read_rows": outcome.read_rows, "cpu_time": outcome.secs,
            "result_rows": outcome.result_rows, "url": info.url, "error": u8::from(failed),
            "error_message": outcome.error, "status_code": outcome.status, "request_id": request_id,
            "parameters": parameters, "method": info.method, "release": "",
            "user_agent": info.user_agent, "client_ip": null, "resource_tags": [],
            "memory_usage": 0, "replica": "",
        });
        self.note("tinybird.pipe_stats_rt", &row);
    }

    /// Notes an operation on a data source.
    pub(crate) fn note_operation(&self, operation: &Operation<'_>) {
        let Operation { event_type, datasource, error, secs, rows, quarantined, job_id, pipe_name } =
            *operation;
        let now = self.now_text();
        let of_pipe = if pipe_name.is_empty() { String::new() } else { self.identity(pipe_name).id };
        let row = json!({
            "timestamp": now.get(..19), "event_type": event_type,
            "datasource_id": self.identity(datasource).id, "datasource_name": datasource,
            "result": if error.is_some() { "error" } else { "ok" }, "elapsed_time": secs, "error": error,
            "Options_Names": [], "Options_Values": [],
            "request_id": crate::host::uuid(&*self.shared.components.random),
            "import_id": job_id, "job_id": job_id, "rows": rows, "rows_quarantine": quarantined,
            "blocks_ids": [], "operation_id": crate::host::uuid(&*self.shared.components.random),
            "read_rows": 0, "read_bytes": 0, "cpu_time": secs, "memory_usage": 0,
            "written_rows": rows, "written_bytes": 0, "written_rows_quarantine": quarantined,
            "written_bytes_quarantine": 0, "pipe_id": of_pipe, "pipe_name": pipe_name, "release": "",
            "resource_tags": [],
        });
        self.note("tinybird.datasources_ops_log", &row);
    }

    /// Notes a deployment that went live, or was discarded.
    pub(crate) fn note_release(&self, event_type: &str, id: u64) {
        let mut now = self.now_text();
        now.truncate(23);
        let row = json!({
            "timestamp": now, "event_type": event_type, "commit": "", "semver": id.to_string(), "token": "",
            "token_name": "", "result": "ok", "error": "",
        });
        self.note("tinybird.releases_log", &row);
    }

    /// Notes bytes that left this machine.
    pub(crate) fn note_transfer(&self, service: &str, bytes: u64) {
        let row = json!({
            "timestamp": self.now_text().get(..19), "event": "sink", "origin_provider": "kinglet",
            "origin_region": "local", "destination_provider": service, "destination_region": "",
            "kind": "inter", "bytes": bytes,
        });
        self.note("tinybird.data_transfer", &row);
    }

    /// Notes a job that is over, with its blocks.
    pub(crate) fn note_job(&self, job: &Job) {
        let event_type = match job.kind {
            JobKind::Import => &*job.mode,
            JobKind::Copy => "copy",
            JobKind::Sink => "sink",
            JobKind::DeleteData => "delete",
            JobKind::Populate => "populateview",
            JobKind::Branch => "create",
        };
        let micros = job.updated_at.saturating_sub(job.started_at.unwrap_or(job.created_at));
        let error = job.error.as_deref().filter(|_| job.status != JobStatus::Done);
        self.note_operation(&Operation {
            event_type,
            datasource: &job.datasource_name,
            error,
            secs: micros as f64 / 1e6,
            rows: job.n_rows(),
            quarantined: job.n_quarantined(),
            job_id: Some(&job.id),
            pipe_name: &job.pipe_name,
        });
        if job.kind != JobKind::Import {
            return;
        }
        let now = self.now_text();
        for (at, block) in job.blocks.iter().enumerate() {
            let row = json!({
                "timestamp": now.get(..19), "request_id": job.id, "import_id": job.id, "job_id": job.id,
                "source": job.url, "block_id": at.to_string(), "status": "done",
                "datasource_id": job.datasource_id, "datasource_name": job.datasource_name,
                "start_offset": null, "end_offset": null, "rows": block.rows, "parser": "kinglet",
                "quarantine_lines": block.quarantined, "empty_lines": 0, "bytes": block.bytes,
                "processing_time": block.micros as f64 / 1e6, "processing_error": null,
            });
            self.note("tinybird.block_log", &row);
        }
    }

    pub(super) fn now_text(&self) -> String {
        crate::host::timestamp_text(self.shared.now())
    }
}
