//! Inserts that are sent again: what they are called, and the job that goes on.

use super::{Import, Mode};
use crate::error::{Error, Result};
use crate::host::uuid;
use crate::job::{Job, JobKind, JobStatus};
use crate::resource::Datasource;
use crate::workspace::Workspace;

/// The name of an insert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsertName {
    /// The id of its job, a UUID: the import goes on after the last block that its job
    /// records.
    Job(String),
    /// Any text. As ClickHouse's `insert_deduplication_token`.
    Token(String),
}

impl InsertName {
    /// The token of a block in the store.
    pub(super) fn token(&self, block: usize) -> String {
        let (Self::Job(name) | Self::Token(name)) = self;
        format!("{name}:{block}")
    }
}

impl Workspace {
    /// The job of an import: a new one, or the one under whose id it was begun before.
    pub(super) fn import_job(&self, datasource: &Datasource, import: &Import) -> Result<Job> {
        let known = match &import.insert {
            Some(InsertName::Job(id)) => self.job(id).ok(),
            _ => None,
        };
        if let Some(mut job) = known {
            if job.kind != JobKind::Import || job.datasource_name != datasource.name {
                let id = &job.id;
                return Err(Error::conflict(format!(
                    "the job '{id}' is not an import into this data source"
                )));
            }
            if import.mode == Mode::Replace && job.status != JobStatus::Done {
                // What it had gathered is gone: rows of a replacement are swapped in at its end.
                job.blocks.clear();
            }
            job.error = None;
            job.interrupted = false;
            job.datasource_id = self.identity(&datasource.name).id;
            return Ok(job);
        }
        let now = self.shared.now();
        let id = match &import.insert {
            Some(InsertName::Job(id)) => id.clone(),
            _ => uuid(&*self.shared.components.random),
        };
        let identity = self.identity(&datasource.name);
        let mut job = Job::new(JobKind::Import, id, now, (&identity.id, &datasource.name));
        job.mode = if import.mode == Mode::Replace { "replace" } else { "append" }.to_owned();
        job.format = import.format.name().to_owned();
        job.url.clone_from(&import.url);
        job.started_at = Some(now);
        Ok(job)
    }
}
