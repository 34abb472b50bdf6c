//! Jobs: imports and copies, what became of them, and how far they came.

mod list;

use serde::{Deserialize, Serialize};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobStatus {
    /// Accepted.
    Waiting,
    /// Running.
    Working,
    /// Finished; all rows are stored.
    Done,
    /// Stopped by an error; the blocks before it are stored.
    Error,
    /// Stopped on request; the blocks before it are stored.
    Cancelled,
}

impl JobStatus {
    /// The status as clients know it.
    pub fn text(self) -> &'static str {
        match self {
            JobStatus::Waiting => "waiting",
            JobStatus::Working => "working",
            JobStatus::Done => "done",
            JobStatus::Error => "error",
            JobStatus::Cancelled => "cancelled",
        }
    }

    /// True when nothing more will happen.
    pub fn is_over(self) -> bool {
        matches!(self, JobStatus::Done | JobStatus::Error | JobStatus::Cancelled)
    }
}

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobKind {
    /// Rows from a file or URL.
    Import,
    /// Rows from a copy pipe.
    Copy,
    /// Files of a sink pipe.
    Sink,
    /// Deleting rows by condition.
    #[serde(rename = "delete_data")]
    DeleteData,
    /// Filling a materialized view from rows that exist.
    #[serde(rename = "populateview")]
    Populate,
    /// Making a branch.
    #[serde(rename = "data_branch")]
    Branch,
}

impl JobKind {
    /// The kind as clients know it.
    pub fn text(self) -> &'static str {
        match self {
            JobKind::Import => "import",
            JobKind::Copy => "copy",
            JobKind::Sink => "sink",
            JobKind::DeleteData => "delete_data",
            JobKind::Populate => "populateview",
            JobKind::Branch => "data_branch",
        }
    }
}

/// A block of rows that was committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobBlock {
    /// Rows stored.
    pub rows: u64,
    /// Rows put into quarantine.
    #[serde(default)]
    pub quarantined: u64,
    /// Bytes of the file that were read for it.
    pub bytes: u64,
    /// Time it took, in microseconds.
    pub micros: i64,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Id, a UUID; also the import id.
    pub id: String,
    /// What it does.
    pub kind: JobKind,
    /// Where it stands.
    pub status: JobStatus,
    /// Microseconds since the epoch.
    pub created_at: i64,
    /// Microseconds since the epoch; `None` while it waits.
    pub started_at: Option<i64>,
    /// Microseconds since the epoch.
    pub updated_at: i64,
    /// Id of the data source it writes to.
    pub datasource_id: String,
    /// Name of the data source it writes to.
    pub datasource_name: String,
    /// `append`, `replace` or `create`.
    pub mode: String,
    /// `csv`, `ndjson`, `parquet`.
    pub format: String,
    /// Where the file comes from; empty for an uploaded one.
    pub url: String,
    /// Name of the pipe that is copied.
    pub pipe_name: String,
    /// Id of the pipe that is copied.
    pub pipe_id: String,
    /// Blocks committed so far.
    pub blocks: Vec<JobBlock>,
    /// Why it stopped.
    pub error: Option<String>,
    /// The engine was stopped while it ran; an import goes on when its file is sent again
    /// under the job's id.
    #[serde(default)]
    pub interrupted: bool,
}

impl Job {
    /// A waiting job that writes to a data source.
    pub fn new(kind: JobKind, id: String, now: i64, datasource: (&str, &str)) -> Job {
        Job {
            id,
            kind,
            status: JobStatus::Waiting,
            created_at: now,
            started_at: None,
            updated_at: now,
            datasource_id: datasource.0.to_owned(),
            datasource_name: datasource.1.to_owned(),
            mode: "append".to_owned(),
            format: String::new(),
            url: String::new(),
            pipe_name: String::new(),
            pipe_id: String::new(),
            blocks: Vec::new(),
            error: None,
            interrupted: false,
        }
    }

    /// Ends a job that was under way when the engine stopped, saying how far it came.
    pub(crate) fn interrupt(&mut self) {
        if self.status.is_over() {
            return;
        }
        let (id, rows) = (&self.id, self.n_rows());
        let kept = match (self.kind, self.mode.as_str()) {
            (JobKind::Import, "replace")
            | (JobKind::Copy | JobKind::DeleteData | JobKind::Populate | JobKind::Branch, _) => {
                "nothing was changed: start it again".to_owned()
            }
            (JobKind::Sink, _) => "some of its files may have been sent: start it again".to_owned(),
            (JobKind::Import, _) => format!(
                "the first {rows} rows, in {} blocks, are stored; send the same file again under the id {id} \
                 to add the rest",
                self.blocks.len()
            ),
        };
        self.status = JobStatus::Error;
        self.error = Some(format!("the engine was stopped while this job ran; {kept}"));
        self.interrupted = true;
    }

    /// Rows put into quarantine so far.
    pub fn n_quarantined(&self) -> u64 {
        self.blocks.iter().map(|block| block.quarantined).sum()
    }

    /// Rows stored so far.
    pub fn n_rows(&self) -> u64 {
        self.blocks.iter().map(|block| block.rows).sum()
    }
}
