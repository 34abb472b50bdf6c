//! Answers of queries as streams of bytes.

mod binary;
mod json;
mod rows;

use super::Call;
use super::catalog::QueryCatalog;
use super::gate::{Gate, known_format};
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use arrow::array::{ArrayRef, BinaryViewArray, RecordBatch};
use arrow::datatypes::Schema;
use bytes::Bytes;
use futures::stream::{self, LocalBoxStream, StreamExt};
use kinglet_sql::{Environment, Execution, OutputColumn, Prepared, arrow_field};
use kinglet_types::ChType;
use std::rc::Rc;
use std::sync::Arc;

/// Bytes of text that are gathered before they are passed on.
const CHUNK_BYTES: usize = 64 << 10;

/// An answer on its way.
pub struct Answer {
    /// Media type of the bytes.
    pub content_type: &'static str,
    /// The bytes; an error ends them.
    pub chunks: LocalBoxStream<'static, Result<Bytes>>,
}

/// What a query did, for formats that tell.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    rows: u64,
    elapsed_secs: f64,
    rows_read: u64,
    bytes_read: u64,
}

/// Writes an answer in a format, batch by batch.
trait Format {
    /// What stands before the rows.
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<()>;
    /// Rows.
    fn rows(&mut self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()>;
    /// What stands after the rows.
    fn end(&mut self, figures: &Figures, out: &mut Vec<u8>) -> Result<()>;
}

/// What a format writes with.
#[derive(Clone)]
struct Layout {
    columns: Vec<OutputColumn>,
    environment: Environment,
    quote_64_bit: bool,
    quote_denormals: bool,
}

/// The writer of a format with its media type.
fn format(name: &str, layout: Layout) -> Result<(&'static str, Box<dyn Format>)> {
    const JSON: &str = "application/json; charset=utf-8";
    const NDJSON: &str = "application/x-ndjson; charset=utf-8";
    const CSV: &str = "text/csv; charset=utf-8";
    const TSV: &str = "text/tab-separated-values; charset=utf-8";
    let rows = |shape| Box::new(rows::Rows::new(layout.clone(), shape)) as Box<dyn Format>;
    Ok(match name {
        "JSON" => (JSON, Box::new(json::Document::new(layout, json::Row::Object))),
        "JSONCompact" => (JSON, Box::new(json::Document::new(layout, json::Row::Array))),
        "JSONStrings" => (JSON, Box::new(json::Document::new(layout, json::Row::Texts))),
        "JSONEachRow" => (NDJSON, rows(rows::Shape::Objects)),
        "JSONCompactEachRow" => (NDJSON, rows(rows::Shape::Arrays { head: false })),
        "JSONCompactEachRowWithNamesAndTypes" => (NDJSON, rows(rows::Shape::Arrays { head: true })),
        "CSV" => (CSV, rows(rows::Shape::Csv { names: false })),
        "CSVWithNames" => (CSV, rows(rows::Shape::Csv { names: true })),
        "TSV" | "TabSeparated" => (TSV, rows(rows::Shape::Tsv { names: false, types: false })),
        "TSVWithNames" => (TSV, rows(rows::Shape::Tsv { names: true, types: false })),
        "TabSeparatedWithNamesAndTypes" => (TSV, rows(rows::Shape::Tsv { names: true, types: true })),
        "Parquet" => ("application/vnd.apache.parquet", Box::new(binary::Parquet::new(&layout)?)),
        "ArrowStream" => {
            ("application/vnd.apache.arrow.stream", Box::new(binary::ArrowStream::new(&layout)?))
        }
        other => return Err(Error::invalid(format!("FORMAT {other} is not supported yet")).with_code(73)),
    })
}

/// A query being answered.
struct Running {
    execution: Execution,
    format: Box<dyn Format>,
    workspace: Rc<Workspace>,
    started_nanos: u64,
    rows: u64,
    began: bool,
    ended: bool,
}

impl Running {
    fn secs(&self) -> f64 {
        let now = self.workspace.shared.components.clock.steady_nanos();
        now.saturating_sub(self.started_nanos) as f64 / 1e9
    }

    /// The next bytes; `None` at the end.
    async fn next(&mut self) -> Result<Option<Bytes>> {
        if self.ended {
            return Ok(None);
        }
        let mut out = Vec::new();
        if !std::mem::replace(&mut self.began, true) {
            self.format.begin(&mut out)?;
        }
        while out.len() < CHUNK_BYTES {
            let Some(batch) = self.execution.next().await? else {
                let read = self.execution.statistics();
                let figures = Figures {
                    rows: self.rows,
                    elapsed_secs: self.secs(),
                    rows_read: read.rows_read,
                    bytes_read: read.bytes_read,
                };
                self.format.end(&figures, &mut out)?;
                self.ended = true;
                break;
            };
            self.rows += batch.num_rows() as u64;
            self.format.rows(&batch, &mut out)?;
        }
        Ok(Some(Bytes::from(out)))
    }
}

/// The columns of a query's answer, as rows of texts.
fn described(prepared: &Prepared, name: &str) -> Result<Answer> {
    const NAMES: [&str; 7] = [
        "name",
        "type",
        "default_type",
        "default_expression",
        "comment",
        "codec_expression",
        "ttl_expression",
    ];
    let columns = NAMES.map(|name| OutputColumn { name: name.to_owned(), ty: ChType::String }).to_vec();
    let texts = |of: fn(&OutputColumn) -> String| {
        let texts: Vec<String> = prepared.columns().iter().map(of).collect();
        Arc::new(BinaryViewArray::from_iter_values(texts.iter().map(String::as_bytes))) as ArrayRef
    };
    let mut arrays = vec![texts(|column| column.name.clone()), texts(|column| column.ty.to_string())];
    arrays.resize_with(NAMES.len(), || texts(|_| String::new()));
    let fields: Vec<_> = NAMES.iter().map(|name| arrow_field(name, &ChType::String)).collect();
    let rows = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .map_err(|error| Error::internal(error.to_string()))?;
    let environment = prepared.environment().clone();
    let layout = Layout { columns, environment, quote_64_bit: false, quote_denormals: false };
    let (content_type, mut format) = format(name, layout)?;
    let mut out = Vec::new();
    format.begin(&mut out)?;
    format.rows(&rows, &mut out)?;
    format.end(&Figures { rows: rows.num_rows() as u64, ..Figures::default() }, &mut out)?;
    let chunks = stream::iter([Ok(Bytes::from(out))]).boxed_local();
    Ok(Answer { content_type, chunks })
}

impl Workspace {
    pub(super) async fn answer(
        self: &Rc<Self>,
        gate: Gate,
        catalog: QueryCatalog,
        call: Call,
    ) -> Result<Answer> {
        let started_nanos = self.shared.components.clock.steady_nanos();
        let name = gate.format.map_or_else(|| known_format(&call.format), Ok)?;
        let flag = |key: &str| call.settings.get(key).is_some_and(|value| value == "1" || value == "true");
        let quote_64_bit = flag("output_format_json_quote_64bit_integers");
        let quote_denormals = flag("output_format_json_quote_denormals");
        let prepared = self.prepare(&gate.sql, &catalog, call.settings)?;
        if gate.describes {
            return described(&prepared, name);
        }
        let layout = Layout {
            columns: prepared.columns().to_vec(),
            environment: prepared.environment().clone(),
            quote_64_bit,
            quote_denormals,
        };
        let (content_type, format) = format(name, layout)?;
        let execution = prepared.execute()?;
        let workspace = self.clone();
        let running =
            Running { execution, format, workspace, started_nanos, rows: 0, began: false, ended: false };
        let chunks = stream::try_unfold(running, |mut running| async move {
            let chunk = running.next().await?;
            Ok(chunk.map(|chunk| (chunk, running)))
        });
        Ok(Answer { content_type, chunks: chunks.boxed_local() })
    }
}
