//! The jobs of a workspace: remembered, kept in the store, looked up, cancelled.

use super::{Job, JobStatus};
use crate::error::{Error, Result};
use crate::record::encode;
use crate::workspace::Workspace;
use kinglet_storage::Durability;

/// Jobs that are remembered.
const MAX_JOBS: usize = 100;

impl Workspace {
    pub(crate) fn remember(&self, job: &Job) {
        let mut state = self.state_mut();
        match state.jobs.iter_mut().find(|known| known.id == job.id) {
            Some(known) if known.status == JobStatus::Cancelled && !job.status.is_over() => {}
            Some(known) => *known = job.clone(),
            None => state.jobs.push(job.clone()),
        }
        let surplus = state.jobs.len().saturating_sub(MAX_JOBS);
        state.jobs.drain(..surplus);
    }

    pub(crate) async fn keep_job(&self, job: &Job) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        transaction.put(&self.key(&format!("job/{}", job.id)), encode(job)?);
        transaction.commit(Durability::Buffered).await?;
        Ok(())
    }

    pub(crate) fn is_cancelled(&self, id: &str) -> bool {
        let state = self.state();
        state.jobs.iter().any(|job| job.id == id && job.status == JobStatus::Cancelled)
    }

    /// Jobs, newest first.
    pub fn jobs(&self) -> Vec<Job> {
        self.state().jobs.iter().rev().cloned().collect()
    }

    /// The job with this id.
    ///
    /// # Errors
    /// Kind `NotFound`.
    pub fn job(&self, id: &str) -> Result<Job> {
        let state = self.state();
        let found = state.jobs.iter().find(|job| job.id == id).cloned();
        found.ok_or_else(|| Error::not_found(format!("Job '{id}' not found")))
    }

    /// Asks a running job to stop after its current block.
    ///
    /// # Errors
    /// Kind `NotFound`, or `Conflict` when it is over.
    pub fn cancel_job(&self, id: &str) -> Result<Job> {
        let mut state = self.state_mut();
        let found = state.jobs.iter_mut().find(|job| job.id == id);
        let job = found.ok_or_else(|| Error::not_found(format!("Job '{id}' not found")))?;
        if job.status.is_over() {
            let status = job.status.text();
            return Err(Error::conflict(format!("Job '{id}' is over: its status is {status}")));
        }
        job.status = JobStatus::Cancelled;
        Ok(job.clone())
    }
}
