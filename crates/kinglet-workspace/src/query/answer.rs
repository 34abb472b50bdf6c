//! Answers of queries as streams of bytes.

mod parquet;

use super::Call;
use super::catalog::QueryCatalog;
use super::gate::{Gate, known_format};
use super::run::Asking;
use crate::clickhouse::Summary;
use crate::error::{Error, Result};
use crate::service::{CallInfo, CallOutcome};
use crate::workspace::Workspace;
use arrow::array::{ArrayRef, BinaryViewArray, RecordBatch};
use arrow::datatypes::Schema;
use bytes::Bytes;
use futures::stream::{self, LocalBoxStream, StreamExt};
use kinglet_sql::format::{Footer, Format, FormatOptions, FormatWriter};
use kinglet_sql::{Environment, Execution, OutputColumn, Prepared, arrow_field};
use kinglet_types::ChType;
use parquet::ParquetFile;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// Bytes of text that are gathered before they are passed on.
const CHUNK_BYTES: usize = 64 << 10;

/// An answer on its way.
pub struct Answer {
    /// Media type of the bytes.
    pub content_type: &'static str,
    /// Name of the format, as ClickHouse spells it.
    pub format: String,
    /// What the query did, once the bytes are out.
    pub summary: Rc<Cell<Summary>>,
    /// The bytes; an error ends them.
    pub chunks: LocalBoxStream<'static, Result<Bytes>>,
}

/// Writes an answer in a format, batch by batch.
pub(crate) enum Writer {
    Text(Box<FormatWriter>),
    Parquet(Box<ParquetFile>),
}

impl Writer {
    /// The writer of a format with its media type.
    pub(crate) fn new(
        name: &str,
        columns: Vec<OutputColumn>,
        options: FormatOptions,
        environment: Environment,
    ) -> Result<(&'static str, Writer)> {
        if name == "Parquet" {
            let file = ParquetFile::new(&columns)?;
            return Ok(("application/vnd.apache.parquet", Writer::Parquet(Box::new(file))));
        }
        let format = Format::parse(name)
            .map_err(|_| Error::invalid(format!("FORMAT {name} is not supported yet")).with_code(73))?;
        let writer = FormatWriter::new(format, columns, options, environment);
        Ok((format.content_type(), Writer::Text(Box::new(writer))))
    }

    pub(crate) fn begin(&mut self, out: &mut Vec<u8>) -> Result<()> {
        match self {
            Writer::Text(writer) => Ok(writer.begin(out)?),
            Writer::Parquet(_) => Ok(()),
        }
    }

    pub(crate) fn rows(&mut self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        match self {
            Writer::Text(writer) => Ok(writer.batch(batch, out)?),
            Writer::Parquet(file) => file.add(batch),
        }
    }

    pub(crate) fn end(&mut self, footer: &Footer<'_>, out: &mut Vec<u8>) -> Result<()> {
        match self {
            Writer::Text(writer) => Ok(writer.finish(footer, out)?),
            Writer::Parquet(file) => file.finish(out),
        }
    }
}

/// A query being answered.
struct Running {
    execution: Execution,
    writer: Writer,
    workspace: Rc<Workspace>,
    started_nanos: u64,
    began: bool,
    ended: bool,
    info: Option<Rc<CallInfo>>,
    result_rows: u64,
    result_bytes: u64,
    summary: Rc<Cell<Summary>>,
    /// Rows that the query skips, where it has a `LIMIT`.
    limited_after: Option<u64>,
}

impl Running {
    fn secs(&self) -> f64 {
        let now = self.workspace.shared.components.clock.steady_nanos();
        now.saturating_sub(self.started_nanos) as f64 / 1e9
    }

    /// Notes that the call went well.
    fn note(&self) {
        let statistics = self.execution.statistics();
        self.summary.set(Summary {
            read_rows: statistics.rows_read,
            read_bytes: statistics.bytes_read,
            result_rows: self.result_rows,
            result_bytes: self.result_bytes,
            elapsed_nanos: (self.secs() * 1e9) as u64,
            ..Summary::default()
        });
        let Some(info) = &self.info else {
            return;
        };
        let outcome = CallOutcome {
            status: 200,
            error: None,
            secs: self.secs(),
            result_rows: self.result_rows,
            read_rows: statistics.rows_read,
            read_bytes: statistics.bytes_read,
        };
        self.workspace.note_call(info, &outcome);
    }

    /// The next bytes; `None` at the end.
    async fn next(&mut self) -> Result<Option<Bytes>> {
        if self.ended {
            return Ok(None);
        }
        let mut out = Vec::new();
        if !std::mem::replace(&mut self.began, true) {
            self.writer.begin(&mut out)?;
        }
        while out.len() < CHUNK_BYTES {
            let Some(batch) = self.execution.next().await? else {
                let totals = self.execution.totals().await?;
                let footer = Footer {
                    elapsed: self.secs(),
                    statistics: self.execution.statistics(),
                    totals: totals.as_ref(),
                    rows_before_limit: self.limited_after.map(|skipped| skipped + self.result_rows),
                };
                self.writer.end(&footer, &mut out)?;
                self.ended = true;
                break;
            };
            self.result_rows += batch.num_rows() as u64;
            self.writer.rows(&batch, &mut out)?;
        }
        self.result_bytes += out.len() as u64;
        if self.ended {
            self.note();
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
    let (content_type, mut writer) = Writer::new(name, columns, FormatOptions::default(), environment)?;
    let mut out = Vec::new();
    writer.begin(&mut out)?;
    writer.rows(&rows, &mut out)?;
    writer.end(&Footer::default(), &mut out)?;
    let chunks = stream::iter([Ok(Bytes::from(out))]).boxed_local();
    Ok(Answer { content_type, format: name.to_owned(), summary: Rc::default(), chunks })
}

/// The query with the values of its aggregate states in place of them; `None` for one
/// without.
fn finalized(sql: &str, columns: &[OutputColumn]) -> Option<String> {
    let is_state = |column: &OutputColumn| matches!(column.ty, ChType::AggregateFunction(_));
    if !columns.iter().any(is_state) {
        return None;
    }
    let item = |column: &OutputColumn| {
        let name = column.name.replace('\\', "\\\\").replace('`', "\\`");
        if is_state(column) {
            format!("finalizeAggregation(`{name}`) AS `{name}`")
        } else {
            format!("`{name}`")
        }
    };
    let items: Vec<String> = columns.iter().map(item).collect();
    Some(format!("SELECT {} FROM ({sql}\n)", items.join(", ")))
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
        let options = FormatOptions {
            quote_64_bit_integers: flag("output_format_json_quote_64bit_integers"),
            quote_denormals: flag("output_format_json_quote_denormals"),
        };
        let info = call.info;
        let mut prepared = self.prepare(&gate.sql, &catalog, call.settings.clone())?;
        if call.finalize
            && let Some(sql) = finalized(&gate.sql, prepared.columns())
        {
            prepared = self.prepare(&sql, &catalog, call.settings)?;
        }
        if gate.describes {
            return described(&prepared, name);
        }
        self.streamed(prepared, name, options, (info, gate.limited_after, started_nanos))
    }

    /// Answers any query of the engine, in any of its formats.
    pub(crate) fn answer_any(
        self: &Rc<Self>,
        sql: &str,
        catalog: QueryCatalog,
        asking: Asking,
    ) -> Result<Answer> {
        let started_nanos = self.shared.components.clock.steady_nanos();
        let prepared = self.bind(sql, &catalog, &asking)?;
        let flag = |key: &str| prepared.setting(key).is_some_and(|value| value == "1" || value == "true");
        let options = FormatOptions {
            quote_64_bit_integers: flag("output_format_json_quote_64bit_integers"),
            quote_denormals: flag("output_format_json_quote_denormals"),
        };
        let limited_after = super::gate::limit_of(sql);
        let name = prepared.format().unwrap_or(&asking.format).to_owned();
        self.streamed(prepared, &name, options, (asking.info, limited_after, started_nanos))
    }

    /// Runs a query as its answer is read. The last argument is what is noted of it, the rows
    /// it skips before its `LIMIT`, and when it began.
    fn streamed(
        self: &Rc<Self>,
        prepared: Prepared,
        name: &str,
        options: FormatOptions,
        (info, limited_after, started_nanos): (Option<Rc<CallInfo>>, Option<u64>, u64),
    ) -> Result<Answer> {
        let (columns, environment) = (prepared.columns().to_vec(), prepared.environment().clone());
        let (content_type, writer) = Writer::new(name, columns, options, environment)?;
        let execution = prepared.execute()?;
        let summary: Rc<Cell<Summary>> = Rc::default();
        let running = Running {
            execution,
            writer,
            workspace: self.clone(),
            started_nanos,
            began: false,
            ended: false,
            info,
            result_rows: 0,
            result_bytes: 0,
            summary: summary.clone(),
            limited_after,
        };
        let chunks = stream::try_unfold(running, |mut running| async move {
            let chunk = running.next().await?;
            Ok(chunk.map(|chunk| (chunk, running)))
        });
        Ok(Answer { content_type, format: name.to_owned(), summary, chunks: chunks.boxed_local() })
    }
}
