//! Copies: a node's result into its target, in one commit.

use crate::error::{Error, Result};
use crate::host::uuid;
use crate::job::{Job, JobBlock, JobKind, JobStatus};
use crate::query::{Call, QueryCatalog};
use crate::resource::{Datasource, Node, Pipe};
use crate::workspace::Workspace;
use kinglet_storage::Durability;
use kinglet_template::Context;
use std::rc::Rc;
use std::sync::Arc;

impl Workspace {
    /// Runs a copy pipe. `mode` is `append` or `replace`, the node's own when `None`.
    /// The job that comes back is over. A run that is asked for again under the id it
    /// had, is not repeated.
    ///
    /// # Errors
    /// `NotFound` for a pipe without a copy node, `Invalid` for an unknown mode.
    pub async fn run_copy(
        self: &Rc<Self>,
        pipe: &Arc<Pipe>,
        mode: Option<&str>,
        call: Call,
        id: Option<&str>,
    ) -> Result<Job> {
        let name = &pipe.name;
        let node = pipe.nodes.iter().find(|node| node.kind_is_copy());
        let node = node.ok_or_else(|| Error::not_found(format!("The pipe '{name}' has no copy node")))?;
        let mode = mode.or(node.setting("mode")).unwrap_or("append");
        let replace = match mode {
            "append" => false,
            "replace" => true,
            other => {
                return Err(Error::invalid(format!(
                    "mode '{other}' is not supported; use append or replace"
                )));
            }
        };
        let target = node.target.as_deref().unwrap_or_default();
        let target = self.datasource(target)?;
        let now = self.shared.now();
        if let Some(done) = id.and_then(|id| self.job(id).ok()).filter(|job| job.status == JobStatus::Done) {
            return Ok(done);
        }
        let id = id.map_or_else(|| uuid(&*self.shared.components.random), str::to_owned);
        let mut job = Job::new(JobKind::Copy, id, now, (&self.identity(&target.name).id, &target.name));
        job.pipe_name.clone_from(name);
        job.pipe_id = self.identity(name).id;
        job.mode = mode.to_owned();
        job.status = JobStatus::Working;
        job.started_at = Some(now);
        self.remember(&job);
        match self.copy(pipe, node, &target, replace, call, &job.id).await {
            Ok(rows) => {
                job.status = JobStatus::Done;
                job.blocks.push(JobBlock { rows, quarantined: 0, bytes: 0, micros: self.shared.now() - now });
            }
            Err(error) => {
                job.status = JobStatus::Error;
                job.error = Some(error.message().to_owned());
            }
        }
        job.updated_at = self.shared.now();
        self.remember(&job);
        self.note_job(&job);
        self.keep_job(&job).await?;
        Ok(job)
    }

    async fn copy(
        self: &Rc<Self>,
        pipe: &Pipe,
        node: &Node,
        target: &Arc<Datasource>,
        replace: bool,
        call: Call,
        token: &str,
    ) -> Result<u64> {
        let project = self.project();
        let context = Context { variables: call.params, ..self.template_context() };
        let mut catalog = QueryCatalog::new(project.clone(), self.snapshot()?, context);
        catalog.serve(self);
        let sql = catalog.rendered(pipe, node)?;
        let (columns, batches) = self.collect(&sql, &catalog).await?;
        let _inside = self.inserts.enter().await;
        let mut transaction = self.shared.store.begin();
        if replace {
            self.check_not_staged(target)?;
            transaction.truncate(self.table(&target.name));
        }
        let mut n_rows = 0;
        for batch in batches {
            let rows = self.in_layout_of(target, &columns, batch)?;
            n_rows += rows.num_rows() as u64;
            self.insert(&mut transaction, &project, target, rows, Some(token)).await?;
        }
        transaction.commit(Durability::Flushed).await?;
        Ok(n_rows)
    }
}
