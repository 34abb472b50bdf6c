//! Imports: files and events into a data source, block by block.

mod source;

use crate::error::{Error, Kind, Result};
use crate::host::uuid;
use crate::ingest::block::{Block, BlockBuilder};
pub use crate::ingest::csv::Dialect;
pub use crate::ingest::encoding::Encoding;
use crate::job::{Job, JobBlock, JobKind, JobStatus};
use crate::query::StoredTable;
use crate::record::encode;
use crate::resource::Datasource;
use crate::workspace::Workspace;
use bytes::Bytes;
use futures::stream::LocalBoxStream;
use kinglet_storage::{Durability, Transaction};
use source::Rows;
use std::rc::Rc;
use std::sync::Arc;

/// Rows of a block at most: what is committed at once.
const BLOCK_ROWS: usize = 256 << 10;

/// Jobs that are remembered.
const MAX_JOBS: usize = 100;

/// The form of a file or body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma (or otherwise) separated cells.
    Csv,
    /// One JSON object a line.
    Ndjson,
    /// One JSON object, or an array of them, over any lines.
    Json,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    /// The format called `name`; `ndjson` and `json` differ only for events.
    pub fn from_name(name: &str) -> Option<Format> {
        Some(match name.to_ascii_lowercase().as_str() {
            "csv" => Format::Csv,
            "ndjson" | "jsonl" => Format::Ndjson,
            "json" => Format::Json,
            "parquet" => Format::Parquet,
            _ => return None,
        })
    }

    /// The format that a file's name or URL tells, over `.gz`.
    pub fn of_file(name: &str) -> Option<Format> {
        let name = name.split(['?', '#']).next().unwrap_or(name);
        let name = name.strip_suffix(".gz").unwrap_or(name);
        Format::from_name(name.rsplit_once('.')?.1)
    }

    /// The format's name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Ndjson => "ndjson",
            Format::Json => "json",
            Format::Parquet => "parquet",
        }
    }
}

/// What becomes of the rows that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They stay. Each block is one commit.
    Append,
    /// They are swapped for the new ones, once, at the end.
    Replace,
}

/// A file to import.
pub struct Import {
    /// Name of the data source.
    pub datasource: String,
    /// What becomes of the rows that are there.
    pub mode: Mode,
    /// Form of the file.
    pub format: Format,
    /// How a CSV separates, where it is known.
    pub dialect: Option<Dialect>,
    /// How the bytes are packed, where it is known.
    pub encoding: Option<Encoding>,
    /// Where the file comes from; empty for an uploaded one.
    pub url: String,
    /// The file.
    pub body: LocalBoxStream<'static, Result<Bytes>>,
}

impl Workspace {
    /// The data source called `name`, or with this id.
    ///
    /// # Errors
    /// Kind `NotFound`.
    pub fn datasource(&self, name: &str) -> Result<Arc<Datasource>> {
        let known = self.resource_name(name);
        let found = known.and_then(|name| self.project().datasources.get(&name).cloned());
        found.ok_or_else(|| Error::not_found(format!("Data Source {name} does not exist")))
    }

    /// Reads a file to its end, committing block after block. The job that comes back is
    /// over: what stopped it, if anything, is in it, and the blocks before that are
    /// stored.
    ///
    /// # Errors
    /// The data source does not exist, or the store fails before the first row.
    pub async fn import(self: &Rc<Self>, import: Import) -> Result<Job> {
        let datasource = self.datasource(&import.datasource)?;
        let now = self.shared.now();
        let id = uuid(&*self.shared.components.random);
        let identity = self.identity(&datasource.name);
        let mut job = Job::new(JobKind::Import, id, now, (&identity.id, &datasource.name));
        job.mode = if import.mode == Mode::Replace { "replace" } else { "append" }.to_owned();
        job.format = import.format.name().to_owned();
        job.url.clone_from(&import.url);
        job.status = JobStatus::Working;
        job.started_at = Some(now);
        self.remember(&job);
        let outcome = self.run_import(&datasource, import, &mut job).await;
        job.updated_at = self.shared.now();
        match outcome {
            Ok(()) => job.status = JobStatus::Done,
            Err(error) => {
                job.status = JobStatus::Error;
                job.error = Some(error.message().to_owned());
                self.remember(&job);
                self.keep_job(&job).await?;
                return if error.kind() == Kind::Invalid { Ok(job) } else { Err(error) };
            }
        }
        self.remember(&job);
        self.keep_job(&job).await?;
        Ok(job)
    }

    async fn run_import(
        self: &Rc<Self>,
        datasource: &Arc<Datasource>,
        import: Import,
        job: &mut Job,
    ) -> Result<()> {
        let filling = match import.mode {
            Mode::Append => datasource.name.clone(),
            Mode::Replace => self.begin_replacement(datasource, job).await?,
        };
        let mode = import.mode;
        let mut rows = Rows::new(import, datasource)?;
        let mut block = BlockBuilder::new(datasource.target.clone())?;
        let mut started = self.shared.now();
        let mut bytes_before = 0;
        loop {
            let finished = rows.next_block(&mut block, BLOCK_ROWS).await;
            let finished = match (finished, mode) {
                (Err(error), Mode::Replace) => {
                    self.drop_replacement(&filling).await?;
                    return Err(error);
                }
                (finished, _) => finished?,
            };
            let Some(finished) = finished else {
                break;
            };
            if self.is_cancelled(&job.id) {
                return Err(Error::invalid("the job was cancelled"));
            }
            let now = self.shared.now();
            job.blocks.push(JobBlock {
                rows: finished.rows.num_rows() as u64,
                bytes: rows.bytes_read() - bytes_before,
                micros: now - started,
            });
            job.updated_at = now;
            bytes_before = rows.bytes_read();
            let mut transaction = self.shared.store.begin();
            self.add_block(&mut transaction, datasource, &filling, finished, mode).await?;
            transaction.put(&self.key(&format!("job/{}", job.id)), encode(job)?);
            transaction.commit(Durability::Flushed).await?;
            self.remember(job);
            started = self.shared.now();
        }
        if mode == Mode::Replace {
            self.finish_replacement(datasource, &filling).await?;
        }
        self.touch(datasource, job).await
    }

    /// Adds events: everything in `body` in one commit, or nothing. Returns the number
    /// of rows.
    ///
    /// # Errors
    /// The data source does not exist, or a row is refused.
    pub async fn add_events(self: &Rc<Self>, import: Import) -> Result<u64> {
        let datasource = self.datasource(&import.datasource)?;
        datasource.target.check_paths(&datasource.name)?;
        let mut rows = Rows::new(import, &datasource)?;
        let mut block = BlockBuilder::new(datasource.target.clone())?;
        let mut transaction = self.shared.store.begin();
        let mut n_rows = 0;
        while let Some(finished) = rows.next_block(&mut block, BLOCK_ROWS).await? {
            n_rows += finished.rows.num_rows() as u64;
            let name = &datasource.name;
            self.add_block(&mut transaction, &datasource, name, finished, Mode::Append).await?;
        }
        if n_rows > 0 {
            transaction.commit(Durability::Flushed).await?;
        }
        Ok(n_rows)
    }

    async fn add_block(
        self: &Rc<Self>,
        transaction: &mut Transaction,
        datasource: &Arc<Datasource>,
        table: &str,
        block: Block,
        mode: Mode,
    ) -> Result<()> {
        let rows = self.with_defaults(datasource, block)?;
        match mode {
            Mode::Append => self.insert(transaction, &self.project(), datasource, rows).await,
            Mode::Replace => {
                transaction.insert(self.table(table), vec![rows], None);
                Ok(())
            }
        }
    }

    async fn begin_replacement(&self, datasource: &Datasource, job: &Job) -> Result<String> {
        let name = format!("{} replaced by {}", datasource.name, job.id);
        let mut definition = datasource.definition.clone();
        definition.temporary = true;
        let mut transaction = self.shared.store.begin();
        transaction.create_table(self.table(&name), definition);
        transaction.commit(Durability::Buffered).await?;
        Ok(name)
    }

    async fn drop_replacement(&self, table: &str) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        transaction.drop_table(self.table(table));
        transaction.commit(Durability::Buffered).await?;
        Ok(())
    }

    async fn finish_replacement(self: &Rc<Self>, datasource: &Arc<Datasource>, table: &str) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        let rows = StoredTable::called(table.to_owned(), self.snapshot()?, datasource.clone());
        self.replace_views(&mut transaction, &self.project(), datasource, Arc::new(rows)).await?;
        transaction.move_rows(self.table(table), self.table(&datasource.name), true);
        transaction.drop_table(self.table(table));
        transaction.commit(Durability::Flushed).await?;
        Ok(())
    }

    /// Removes all rows of a data source; what was materialized from them stays.
    pub async fn truncate(&self, name: &str) -> Result<()> {
        let datasource = self.datasource(name)?;
        let mut transaction = self.shared.store.begin();
        transaction.truncate(self.table(&datasource.name));
        transaction.commit(Durability::Flushed).await?;
        Ok(())
    }

    /// Marks a data source as changed now, and how it was filled.
    async fn touch(&self, datasource: &Datasource, job: &Job) -> Result<()> {
        let record = {
            let mut state = self.state_mut();
            let Some(record) = state.resources.get_mut(&datasource.name) else {
                return Ok(());
            };
            record.updated_at = job.updated_at;
            record.format.clone_from(&job.format);
            record.clone()
        };
        let mut transaction = self.shared.store.begin();
        transaction.put(&self.key(&format!("resource/{}", datasource.name)), encode(&record)?);
        transaction.commit(Durability::Buffered).await?;
        Ok(())
    }

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

    fn is_cancelled(&self, id: &str) -> bool {
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
