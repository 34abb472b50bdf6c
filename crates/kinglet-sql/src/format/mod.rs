//! Answers as bytes: the output formats of ClickHouse.
//!
//! A [`FormatWriter`] is given batches as they come and appends bytes to a buffer: what a response body
//! streams. `begin` once, `batch` for each batch, `finish` once.

mod arrow_stream;
mod document;
mod pretty;
mod rows;

use arrow::array::RecordBatch;
use kinglet_types::{ErrorCode, Result, SqlError};

use crate::Environment;
use crate::engine::{OutputColumn, Statistics};

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON document, rows as objects.
    Json,
    /// One JSON document, rows as arrays.
    JsonCompact,
    /// One JSON document, all values as texts.
    JsonStrings,
    /// An object per line.
    JsonEachRow,
    /// An object per line, all values as texts.
    JsonStringsEachRow,
    /// An array per line; maybe lines of names and of types before.
    JsonCompactEachRow(Header),
    /// One object of columns.
    JsonColumns,
    /// Comma-separated values.
    Csv(Header),
    /// Tab-separated values.
    Tsv(Header),
    /// Tab-separated values without escaping.
    TsvRaw(Header),
    /// Rows of SQL literals.
    Values,
    /// A table in Markdown.
    Markdown,
    /// A table drawn with lines.
    Pretty,
    /// A line per value.
    Vertical,
    /// Arrow IPC stream; fields carry `clickhouse_type`.
    ArrowStream,
    /// Nothing.
    Null,
}

/// What stands before the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// Nothing.
    None,
    /// The names.
    Names,
    /// The names, then the types.
    NamesAndTypes,
}

/// The names of the formats, for `system.formats`.
pub const NAMES: &[&str] = &[
    "ArrowStream",
    "CSV",
    "CSVWithNames",
    "CSVWithNamesAndTypes",
    "JSON",
    "JSONColumns",
    "JSONCompact",
    "JSONCompactEachRow",
    "JSONCompactEachRowWithNames",
    "JSONCompactEachRowWithNamesAndTypes",
    "JSONEachRow",
    "JSONStrings",
    "JSONStringsEachRow",
    "Markdown",
    "Null",
    "Pretty",
    "PrettyCompact",
    "TabSeparated",
    "TabSeparatedRaw",
    "TabSeparatedWithNames",
    "TabSeparatedWithNamesAndTypes",
    "Values",
    "Vertical",
];

impl Format {
    /// The format of a name, as ClickHouse spells it, in any case.
    ///
    /// # Errors
    /// 73 for an unknown one.
    pub fn parse(name: &str) -> Result<Self> {
        use Header::{Names, NamesAndTypes, None};
        Ok(match name.to_ascii_lowercase().as_str() {
            "json" => Self::Json,
            "jsoncompact" => Self::JsonCompact,
            "jsonstrings" => Self::JsonStrings,
            "jsoneachrow" | "jsonlines" | "ndjson" => Self::JsonEachRow,
            "jsonstringseachrow" => Self::JsonStringsEachRow,
            "jsoncompacteachrow" => Self::JsonCompactEachRow(None),
            "jsoncompacteachrowwithnames" => Self::JsonCompactEachRow(Names),
            "jsoncompacteachrowwithnamesandtypes" => Self::JsonCompactEachRow(NamesAndTypes),
            "jsoncolumns" => Self::JsonColumns,
            "csv" => Self::Csv(None),
            "csvwithnames" => Self::Csv(Names),
            "csvwithnamesandtypes" => Self::Csv(NamesAndTypes),
            "tsv" | "tabseparated" => Self::Tsv(None),
            "tsvwithnames" | "tabseparatedwithnames" => Self::Tsv(Names),
            "tsvwithnamesandtypes" | "tabseparatedwithnamesandtypes" => Self::Tsv(NamesAndTypes),
            "tsvraw" | "tabseparatedraw" | "raw" | "lineasstring" => Self::TsvRaw(None),
            "tsvrawwithnames" | "tabseparatedrawwithnames" => Self::TsvRaw(Names),
            "values" => Self::Values,
            "markdown" => Self::Markdown,
            "pretty"
            | "prettycompact"
            | "prettyspace"
            | "prettycompactmonoblock"
            | "prettymonoblock"
            | "prettynoescapes"
            | "prettycompactnoescapes" => Self::Pretty,
            "vertical" => Self::Vertical,
            "arrowstream" | "arrow" => Self::ArrowStream,
            "null" => Self::Null,
            _ => return Err(SqlError::new(ErrorCode::UNKNOWN_FORMAT, format!("Unknown format {name}"))),
        })
    }

    /// The media type of the answer.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json | Self::JsonCompact | Self::JsonStrings | Self::JsonColumns => {
                "application/json; charset=UTF-8"
            }
            Self::JsonEachRow | Self::JsonStringsEachRow | Self::JsonCompactEachRow(_) => {
                "application/x-ndjson; charset=UTF-8"
            }
            Self::Csv(Header::None) => "text/csv; charset=UTF-8; header=absent",
            Self::Csv(_) => "text/csv; charset=UTF-8; header=present",
            Self::Tsv(_) | Self::TsvRaw(_) => "text/tab-separated-values; charset=UTF-8",
            Self::Markdown => "text/markdown; charset=UTF-8",
            Self::ArrowStream => "application/octet-stream",
            Self::Values | Self::Pretty | Self::Vertical | Self::Null => "text/plain; charset=UTF-8",
        }
    }
}

/// How values are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormatOptions {
    /// `output_format_json_quote_64bit_integers`.
    pub quote_64_bit_integers: bool,
    /// `output_format_json_quote_denormals`.
    pub quote_denormals: bool,
}

/// What is known at the end of a query.
#[derive(Clone, Copy, Debug, Default)]
pub struct Footer<'a> {
    /// Seconds the query took.
    pub elapsed: f64,
    /// What it read.
    pub statistics: Statistics,
    /// The row of WITH TOTALS.
    pub totals: Option<&'a RecordBatch>,
    /// Rows there would have been without LIMIT, at least; left out if unknown.
    pub rows_before_limit: Option<u64>,
}

/// Writes one answer.
pub struct FormatWriter {
    format: Format,
    columns: Vec<OutputColumn>,
    options: FormatOptions,
    environment: Environment,
    rows: u64,
    /// Rows of formats that need all of them before they can write any.
    held: Vec<RecordBatch>,
    arrow: Option<arrow_stream::ArrowStream>,
}

impl FormatWriter {
    /// A writer for an answer of these columns.
    pub fn new(
        format: Format,
        columns: Vec<OutputColumn>,
        options: FormatOptions,
        environment: Environment,
    ) -> Self {
        Self { format, columns, options, environment, rows: 0, held: Vec::new(), arrow: None }
    }

    /// Number of rows written so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Appends what stands before the rows.
    ///
    /// # Errors
    /// When the columns cannot be written in the format.
    pub fn begin(&mut self, out: &mut Vec<u8>) -> Result<()> {
        match self.format {
            Format::Json | Format::JsonCompact | Format::JsonStrings => self.document_head(out),
            Format::JsonCompactEachRow(header)
            | Format::Csv(header)
            | Format::Tsv(header)
            | Format::TsvRaw(header) => {
                self.header(header, out);
            }
            Format::Markdown => self.markdown_head(out),
            Format::ArrowStream => {
                let stream = arrow_stream::ArrowStream::new(&self.columns)?;
                self.arrow = Some(stream);
            }
            _ => {}
        }
        Ok(())
    }

    /// Appends the rows of a batch.
    ///
    /// # Errors
    /// When a value cannot be written in the format.
    pub fn batch(&mut self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        match self.format {
            Format::Pretty | Format::JsonColumns => self.held.push(batch.clone()),
            Format::ArrowStream => {
                if let Some(stream) = &mut self.arrow {
                    stream.write(batch, out)?;
                }
            }
            Format::Null => {}
            _ => {
                for row in 0..batch.num_rows() {
                    self.row(batch, row, self.rows + row as u64, out);
                }
            }
        }
        self.rows += batch.num_rows() as u64;
        Ok(())
    }

    /// Appends what stands after the rows.
    ///
    /// # Errors
    /// When it cannot be written in the format.
    pub fn finish(&mut self, footer: &Footer<'_>, out: &mut Vec<u8>) -> Result<()> {
        match self.format {
            Format::Json | Format::JsonCompact | Format::JsonStrings => self.document_tail(footer, out),
            Format::JsonColumns => self.json_columns(out),
            Format::Pretty => self.pretty(out),
            Format::ArrowStream => {
                if let Some(stream) = &mut self.arrow {
                    stream.finish(out)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
