//! Sinks: a node's result as files, sent to where its connection delivers.
//!
//! The project's files keep Tinybird's syntax. Where a connection delivers here is a setting
//! of the workspace ([`Delivery`]), never in the files: the same project may write to a real
//! bucket elsewhere and to a local one here.

mod delivery;
mod file_name;
mod signature;

pub(crate) use delivery::PATH;
pub use delivery::{Delivery, Destination};

use crate::error::{Error, Kind, Result};
use crate::host::uuid;
use crate::job::{Job, JobBlock, JobKind, JobStatus};
use crate::query::{Call, QueryCatalog, Writer, known_format};
use crate::resource::{Node, Pipe};
use crate::workspace::Workspace;
use arrow::array::{Array, AsArray, RecordBatch, UInt32Array};
use arrow::compute::take_record_batch;
use bytes::Bytes;
use delivery::Place;
use flate2::Compression;
use flate2::write::GzEncoder;
use kinglet_datafile::NodeKind;
use kinglet_sql::OutputColumn;
use kinglet_sql::format::{Footer, FormatOptions};
use kinglet_template::Context;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::rc::Rc;
use std::sync::Arc;

/// The column with a row's file, beside the result's own.
const FILE_COLUMN: &str = "__kinglet_file";

/// Files of a run at most.
const MAX_FILES: usize = 10_000;

/// What a sink's node says of its files.
struct Form {
    format: &'static str,
    extension: &'static str,
    gzip: bool,
    /// Files that are there are overwritten; otherwise new ones get another name.
    overwrites: bool,
}

impl Form {
    fn of(node: &Node) -> Result<Form> {
        let setting =
            |name: &str, default: &'static str| node.setting(name).unwrap_or(default).to_ascii_lowercase();
        let (format, extension) = match setting("export_format", "csv").as_str() {
            "csv" => ("CSVWithNames", "csv"),
            "ndjson" => ("JSONEachRow", "ndjson"),
            "parquet" => ("Parquet", "parquet"),
            other => return Err(Error::invalid(format!("EXPORT_FORMAT '{other}' is not supported"))),
        };
        let gzip = match setting("export_compression", "none").as_str() {
            "none" | "" => false,
            "gz" | "gzip" if extension != "parquet" => true,
            // A Parquet file is compressed inside.
            _ if extension == "parquet" => false,
            other => {
                return Err(Error::invalid(format!(
                    "EXPORT_COMPRESSION '{other}' is not supported; use gzip"
                )));
            }
        };
        let strategy =
            node.setting("export_write_strategy").or(node.setting("export_strategy")).unwrap_or("new");
        let overwrites = matches!(strategy.trim_start_matches('@'), "truncate" | "replace");
        Ok(Form { format, extension, gzip, overwrites })
    }

    fn name(&self, stem: &str) -> String {
        let gz = if self.gzip { ".gz" } else { "" };
        format!("{stem}.{}{gz}", self.extension)
    }
}

/// What a run did.
#[derive(Default)]
struct Sent {
    rows: u64,
    bytes: u64,
    files: Vec<String>,
}

impl Workspace {
    /// Runs a sink pipe. The job that comes back is over.
    ///
    /// # Errors
    /// `NotFound` for a pipe without a sink, `Conflict` for one whose connection delivers
    /// nowhere yet, `Forbidden` for a host that nobody allowed.
    pub async fn run_sink(self: &Rc<Self>, pipe: &Arc<Pipe>, call: Call) -> Result<Job> {
        let node = pipe.of_kind(NodeKind::Sink);
        let node =
            node.ok_or_else(|| Error::not_found(format!("The pipe '{}' has no sink node", pipe.name)))?;
        let form = Form::of(node)?;
        let place = self.place_of(node)?;
        self.check_host(&place.base)?;
        let now = self.shared.now();
        let mut job = Job::new(JobKind::Sink, uuid(&*self.shared.components.random), now, ("", ""));
        job.pipe_name.clone_from(&pipe.name);
        job.pipe_id = self.identity(&pipe.name).id;
        job.format = form.extension.to_owned();
        job.status = JobStatus::Working;
        job.started_at = Some(now);
        job.url.clone_from(&place.base);
        self.remember(&job);
        let parameters: BTreeMap<String, String> = call
            .params
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect();
        let outcome = self.deliver(pipe, node, &form, &place, call).await;
        job.updated_at = self.shared.now();
        let sent = match outcome {
            Ok(sent) => {
                job.status = JobStatus::Done;
                sent
            }
            Err(error) => {
                job.status = JobStatus::Error;
                job.error = Some(error.message().to_owned());
                Sent::default()
            }
        };
        let micros = job.updated_at - now;
        job.blocks.push(JobBlock { rows: sent.rows, quarantined: 0, bytes: sent.bytes, micros });
        self.note_sink(&job, &place, &sent, &parameters);
        self.remember(&job);
        self.keep_job(&job).await?;
        Ok(job)
    }

    async fn deliver(
        self: &Rc<Self>,
        pipe: &Pipe,
        node: &Node,
        form: &Form,
        place: &Place,
        call: Call,
    ) -> Result<Sent> {
        let context = Context { variables: call.params, ..self.template_context() };
        let mut catalog = QueryCatalog::new(self.project(), self.snapshot()?, context);
        catalog.serve(self);
        let sql = catalog.rendered(pipe, node)?;
        let template = node.setting("export_file_template").unwrap_or(&pipe.name);
        let name = file_name::expression(template)?;
        let sql = format!("SELECT *, {name} AS {FILE_COLUMN} FROM ({sql}\n)");
        let prepared = self.prepare(&sql, &catalog, BTreeMap::new())?;
        let mut columns = prepared.columns().to_vec();
        columns.pop();
        let environment = prepared.environment().clone();
        let mut execution = prepared.execute()?;
        let mut files: BTreeMap<String, OpenFile> = BTreeMap::new();
        let mut sent = Sent::default();
        while let Some(batch) = execution.next().await? {
            sent.rows += batch.num_rows() as u64;
            for (stem, rows) in by_file(&batch)? {
                if !files.contains_key(&stem) {
                    if files.len() >= MAX_FILES {
                        return Err(Error::invalid(format!(
                            "the sink would write more than {MAX_FILES} files"
                        )));
                    }
                    files.insert(stem.clone(), OpenFile::new(form, &columns, &environment)?);
                }
                if let Some(file) = files.get_mut(&stem) {
                    file.writer.rows(&rows, &mut file.bytes)?;
                }
            }
        }
        for (stem, file) in files {
            let bytes = file.finish(form)?;
            sent.bytes += bytes.len() as u64;
            sent.files.push(self.send_file(place, form, &stem, bytes).await?);
        }
        Ok(sent)
    }

    /// Sends a file, under another name where one of its name must stay.
    async fn send_file(&self, place: &Place, form: &Form, stem: &str, bytes: Bytes) -> Result<String> {
        const MAX_SUFFIX: usize = 1000;
        let mut name = form.name(stem);
        if !form.overwrites && place.can_look() {
            let mut suffix = 0;
            while self.exists(place, &name).await? {
                suffix += 1;
                if suffix > MAX_SUFFIX {
                    return Err(Error::conflict(format!(
                        "there are {MAX_SUFFIX} files called like '{name}' already"
                    )));
                }
                name = form.name(&format!("{stem}_{suffix}"));
            }
        }
        self.put(place, &name, bytes).await?;
        Ok(name)
    }

    fn note_sink(&self, job: &Job, place: &Place, sent: &Sent, parameters: &BTreeMap<String, String>) {
        let now = crate::host::timestamp_text(self.shared.now());
        let row = json!({
            "timestamp": now.get(..19), "job_id": job.id, "service": place.service, "pipe_name": job.pipe_name,
            "pipe_id": job.pipe_id, "result": if job.error.is_some() { "error" } else { "ok" }, "error": job.error,
            "elapsed_time": (job.updated_at - job.created_at) as f64 / 1e6, "read_rows": sent.rows,
            "written_rows": sent.rows, "read_bytes": sent.bytes, "written_bytes": sent.bytes, "cpu_time": 0.0,
            "output": sent.files.len(), "parameters": parameters,
            "options": {"format": job.format, "url": place.base}, "token_name": "",
        });
        self.note("tinybird.sinks_ops_log", &row);
        if sent.bytes > 0 {
            self.note_transfer(place.service, sent.bytes);
        }
    }
}

/// A file under construction.
struct OpenFile {
    writer: Writer,
    bytes: Vec<u8>,
}

impl OpenFile {
    fn new(
        form: &Form,
        columns: &[OutputColumn],
        environment: &kinglet_sql::Environment,
    ) -> Result<OpenFile> {
        let name = known_format(form.format)?;
        let (_, mut writer) =
            Writer::new(name, columns.to_vec(), FormatOptions::default(), environment.clone())?;
        let mut bytes = Vec::new();
        writer.begin(&mut bytes)?;
        Ok(OpenFile { writer, bytes })
    }

    fn finish(mut self, form: &Form) -> Result<Bytes> {
        self.writer.end(&Footer::default(), &mut self.bytes)?;
        if !form.gzip {
            return Ok(Bytes::from(self.bytes));
        }
        let failed = |error: std::io::Error| Error::new(Kind::Internal, error.to_string());
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&self.bytes).map_err(failed)?;
        encoder.finish().map(Bytes::from).map_err(failed)
    }
}

/// The rows of a batch by the file that its last column names, without that column.
fn by_file(batch: &RecordBatch) -> Result<Vec<(String, RecordBatch)>> {
    let internal = |error: arrow::error::ArrowError| Error::internal(error.to_string());
    let n_columns = batch.num_columns().saturating_sub(1);
    let rows = batch.project(&(0..n_columns).collect::<Vec<_>>()).map_err(internal)?;
    let names = batch.columns().last().and_then(|column| column.as_binary_view_opt());
    let names = names.ok_or_else(|| Error::internal("files have no names"))?;
    let mut places: BTreeMap<&[u8], Vec<u32>> = BTreeMap::new();
    for row in 0..u32::try_from(names.len()).unwrap_or(u32::MAX) {
        places.entry(names.value(row as usize)).or_default().push(row);
    }
    let rows_of = |(name, places): (&[u8], Vec<u32>)| {
        let rows = take_record_batch(&rows, &UInt32Array::from(places)).map_err(internal)?;
        Ok((String::from_utf8_lossy(name).into_owned(), rows))
    };
    places.into_iter().map(rows_of).collect()
}
