//! Imports: files and events into a data source, block by block.

mod bucket;
mod replace;
mod resume;
mod source;

use crate::error::{Error, Kind, Result};
use crate::ingest::block::{Block, BlockBuilder};
pub use crate::ingest::csv::Dialect;
pub use crate::ingest::encoding::Encoding;
use crate::ingest::quarantine::RefusedRow;
use crate::job::{Job, JobBlock, JobStatus};
use crate::record::encode;
use crate::resource::Datasource;
use crate::service::Operation;
use crate::workspace::Workspace;
pub use bucket::BucketRun;
use bytes::Bytes;
use futures::stream::LocalBoxStream;
use kinglet_storage::{Durability, Transaction};
use replace::Filling;
pub use resume::InsertName;
use source::Rows;
use std::rc::Rc;
use std::sync::Arc;

/// Rows of a block at most: what is committed at once.
const BLOCK_ROWS: usize = 256 << 10;

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
    /// With [`Mode::Replace`], only the rows that meet this condition go, and only those of
    /// the file that meet it come.
    pub condition: Option<String>,
    /// Names this insert. One that is sent again under its name, as after the engine was
    /// lost with the answer, adds what is missing and nothing twice.
    pub insert: Option<InsertName>,
    /// The file.
    pub body: LocalBoxStream<'static, Result<Bytes>>,
}

/// What became of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventCounts {
    /// Rows in the data source.
    pub rows: u64,
    /// Rows in its quarantine.
    pub quarantined: u64,
}

/// What a block's insert is known by.
struct Naming<'a> {
    token: Option<&'a str>,
    import_id: Option<&'a str>,
}

/// Fails where nothing could be taken apart: what was sent is not what it is said to be.
fn check_some_row(refused: &[RefusedRow]) -> Result<()> {
    match refused.first().filter(|_| refused.iter().all(|row| row.is_malformed)) {
        Some(first) => {
            let text = first.errors.first().map(|(_, text)| text.clone());
            Err(Error::invalid(text.unwrap_or_default()))
        }
        None => Ok(()),
    }
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
        let mut job = self.import_job(&datasource, &import)?;
        if job.status == JobStatus::Done {
            return Ok(job);
        }
        job.status = JobStatus::Working;
        self.remember(&job);
        let outcome = self.run_import(&datasource, import, &mut job).await;
        job.updated_at = self.shared.now();
        job.status = if outcome.is_ok() { JobStatus::Done } else { JobStatus::Error };
        job.error = outcome.as_ref().err().map(|error| error.message().to_owned());
        self.note_job(&job);
        match outcome {
            Ok(()) => {}
            Err(error) => {
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
        let condition = import.condition.as_deref().filter(|_| import.mode == Mode::Replace);
        let condition = condition.map(|text| self.condition(datasource, text)).transpose()?;
        let filling = Filling {
            table: match import.mode {
                Mode::Append => datasource.name.clone(),
                Mode::Replace => self.begin_replacement(datasource, job).await?,
            },
            condition,
        };
        let text = import.condition.clone();
        let mode = import.mode;
        let name = import.insert.clone().filter(|_| mode == Mode::Append);
        let stored_before = job.blocks.len();
        let mut n_blocks = 0;
        let mut rows = Rows::new(import, datasource)?;
        let mut block = BlockBuilder::new(datasource.target.clone())?;
        let mut started = self.shared.now();
        let mut bytes_before = 0;
        loop {
            let finished = rows.next_block(&mut block, BLOCK_ROWS).await;
            let finished = match (finished, mode) {
                (Err(error), Mode::Replace) => {
                    self.drop_replacement(&filling.table).await?;
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
            n_blocks += 1;
            if n_blocks == 1 && finished.rows.num_rows() == 0 {
                check_some_row(&finished.refused)?;
            }
            if n_blocks <= stored_before {
                bytes_before = rows.bytes_read();
                continue;
            }
            let now = self.shared.now();
            job.blocks.push(JobBlock {
                rows: finished.rows.num_rows() as u64,
                quarantined: finished.refused.len() as u64,
                bytes: rows.bytes_read() - bytes_before,
                micros: now - started,
            });
            job.updated_at = now;
            bytes_before = rows.bytes_read();
            let _inside = self.inserts.enter().await;
            let mut transaction = self.shared.store.begin();
            let token = name.as_ref().map(|name| name.token(n_blocks));
            let naming = Naming { token: token.as_deref(), import_id: Some(&job.id) };
            self.add_block(&mut transaction, datasource, &filling, finished, mode, naming).await?;
            transaction.put(&self.key(&format!("job/{}", job.id)), encode(job)?);
            transaction.commit(Durability::Flushed).await?;
            self.remember(job);
            started = self.shared.now();
        }
        if mode == Mode::Replace {
            self.finish_replacement(datasource, &filling, text.as_deref()).await?;
        }
        self.touch(datasource, job).await
    }

    /// Adds events: everything in `body` in one commit, or nothing. Rows that the data
    /// source does not take go to its quarantine in the same commit. By then, rows are
    /// visible; with `wait`, they survive a crash by then, and otherwise within a second.
    ///
    /// # Errors
    /// The data source does not exist, or nothing in the body is a row.
    pub async fn add_events(self: &Rc<Self>, import: Import, wait: bool) -> Result<EventCounts> {
        let datasource = self.datasource(&import.datasource)?;
        datasource.target.check_paths(&datasource.name)?;
        let started = self.shared.now();
        let token = import.insert.as_ref().map(|name| name.token(0));
        let mut rows = Rows::new(import, &datasource)?;
        let mut block = BlockBuilder::new(datasource.target.clone())?;
        let mut transaction = self.shared.store.begin();
        let mut counts = EventCounts::default();
        let mut inside = None;
        while let Some(finished) = rows.next_block(&mut block, BLOCK_ROWS).await? {
            counts.rows += finished.rows.num_rows() as u64;
            counts.quarantined += finished.refused.len() as u64;
            if counts.rows == 0 {
                check_some_row(&finished.refused)?;
            }
            let filling = Filling { table: datasource.name.clone(), condition: None };
            let naming = Naming { token: token.as_deref(), import_id: None };
            if inside.is_none() {
                inside = Some(self.inserts.enter().await);
            }
            self.add_block(&mut transaction, &datasource, &filling, finished, Mode::Append, naming).await?;
        }
        if counts != EventCounts::default() {
            let durability = if wait { Durability::Flushed } else { Durability::Buffered };
            transaction.commit(durability).await?;
        }
        let micros = self.shared.now() - started;
        self.note_operation(&Operation {
            rows: counts.rows,
            quarantined: counts.quarantined,
            secs: micros as f64 / 1e6,
            ..Operation::new("append-hfi", &datasource.name)
        });
        Ok(counts)
    }

    async fn add_block(
        self: &Rc<Self>,
        transaction: &mut Transaction,
        datasource: &Arc<Datasource>,
        filling: &Filling,
        mut block: Block,
        mode: Mode,
        naming: Naming<'_>,
    ) -> Result<()> {
        let refused = std::mem::take(&mut block.refused);
        self.set_aside(transaction, datasource, &refused, naming.import_id).await?;
        let rows = self.with_defaults(datasource, block)?;
        match mode {
            Mode::Append => self.insert(transaction, &self.project(), datasource, rows, naming.token).await,
            Mode::Replace => {
                let rows = filling.kept(rows)?;
                transaction.insert(self.table(&filling.table), vec![rows], None);
                Ok(())
            }
        }
    }

    /// Removes all rows of a data source; what was materialized from them stays.
    pub async fn truncate(&self, name: &str) -> Result<()> {
        let datasource = self.datasource(name)?;
        self.check_not_staged(&datasource)?;
        let _inside = self.inserts.enter().await;
        let mut transaction = self.shared.store.begin();
        transaction.truncate(self.table(&datasource.name));
        self.drop_quarantine(&datasource.name, &mut transaction)?;
        transaction.commit(Durability::Flushed).await?;
        self.note_operation(&Operation::new("truncate", &datasource.name));
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
}
