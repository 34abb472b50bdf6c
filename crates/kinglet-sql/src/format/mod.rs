//! Answers as bytes: the output formats of ClickHouse.
//!
//! A [`FormatWriter`] is given batches as they come and appends bytes to a buffer: what a response body
//! streams. `begin` once, `batch` for each batch, `finish` once.

mod arrow_stream;
mod binary;
mod choices;
mod custom;
mod document;
mod native_tagged;
mod nested_json;
mod pretty;
mod prometheus;
mod rows;
mod xml;

use arrow::array::RecordBatch;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

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
    /// One JSON document, rows as arrays of texts.
    JsonCompactStrings,
    /// An object per line.
    JsonEachRow,
    /// An object per line, all values as texts.
    JsonStringsEachRow,
    /// An array per line; maybe lines of names and of types before.
    JsonCompactEachRow(Header),
    /// An array of texts per line; maybe lines of names and of types before.
    JsonCompactStringsEachRow(Header),
    /// One object of objects, `row_1` and so on.
    JsonObjectEachRow,
    /// One object of columns.
    JsonColumns,
    /// One array of columns.
    JsonCompactColumns,
    /// One JSON document, the data as an object of columns.
    JsonColumnsWithMetadata,
    /// Comma-separated values.
    Csv(Header),
    /// Tab-separated values.
    Tsv(Header),
    /// Tab-separated values without escaping.
    TsvRaw(Header),
    /// Values between delimiters of choice.
    Custom(Header),
    /// An object per row, a member per line.
    PrettyJsonEachRow,
    /// An object per line: the columns, the rows, what was read.
    JsonEachRowWithProgress,
    /// As that, all values as texts.
    JsonStringsEachRowWithProgress,
    /// The bytes of the values alone.
    RawBlob,
    /// Tab-separated `name=value` pairs.
    Tskv,
    /// Rows of SQL literals.
    Values,
    /// An INSERT statement.
    SqlInsert,
    /// A table in Markdown.
    Markdown,
    /// A table drawn for people.
    Pretty(Frame),
    /// A line per value.
    Vertical,
    /// One XML document.
    Xml,
    /// Values in ClickHouse's binary form, row by row.
    RowBinary(Header),
    /// Values in ClickHouse's binary form, in blocks of columns.
    Native,
    /// Metrics in the text format of Prometheus.
    Prometheus,
    /// Arrow IPC file; fields carry `clickhouse_type`.
    Arrow,
    /// Arrow IPC stream; fields carry `clickhouse_type`.
    ArrowStream,
    /// Nothing.
    Null,
}

/// How a table is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Lines between all rows.
    Full,
    /// Lines around the rows.
    Compact,
    /// No lines.
    Space,
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

/// The names of the formats and what they are.
const TABLE: &[(&str, Format)] = {
    use Header::{Names, NamesAndTypes, None};
    &[
        ("Arrow", Format::Arrow),
        ("ArrowStream", Format::ArrowStream),
        ("CSV", Format::Csv(None)),
        ("CSVWithNames", Format::Csv(Names)),
        ("CSVWithNamesAndTypes", Format::Csv(NamesAndTypes)),
        ("CustomSeparated", Format::Custom(None)),
        ("CustomSeparatedWithNames", Format::Custom(Names)),
        ("CustomSeparatedWithNamesAndTypes", Format::Custom(NamesAndTypes)),
        ("JSON", Format::Json),
        ("JSONColumns", Format::JsonColumns),
        ("JSONColumnsWithMetadata", Format::JsonColumnsWithMetadata),
        ("JSONCompact", Format::JsonCompact),
        ("JSONCompactColumns", Format::JsonCompactColumns),
        ("JSONCompactEachRow", Format::JsonCompactEachRow(None)),
        ("JSONCompactEachRowWithNames", Format::JsonCompactEachRow(Names)),
        ("JSONCompactEachRowWithNamesAndTypes", Format::JsonCompactEachRow(NamesAndTypes)),
        ("JSONCompactStrings", Format::JsonCompactStrings),
        ("JSONCompactStringsEachRow", Format::JsonCompactStringsEachRow(None)),
        ("JSONCompactStringsEachRowWithNames", Format::JsonCompactStringsEachRow(Names)),
        ("JSONCompactStringsEachRowWithNamesAndTypes", Format::JsonCompactStringsEachRow(NamesAndTypes)),
        ("JSONEachRow", Format::JsonEachRow),
        ("JSONEachRowWithProgress", Format::JsonEachRowWithProgress),
        ("JSONLines", Format::JsonEachRow),
        ("JSONObjectEachRow", Format::JsonObjectEachRow),
        ("JSONStrings", Format::JsonStrings),
        ("JSONStringsEachRow", Format::JsonStringsEachRow),
        ("JSONStringsEachRowWithProgress", Format::JsonStringsEachRowWithProgress),
        ("LineAsString", Format::TsvRaw(None)),
        ("Markdown", Format::Markdown),
        ("NDJSON", Format::JsonEachRow),
        ("Native", Format::Native),
        ("Null", Format::Null),
        ("Pretty", Format::Pretty(Frame::Full)),
        ("PrettyCompact", Format::Pretty(Frame::Compact)),
        ("PrettyCompactMonoBlock", Format::Pretty(Frame::Compact)),
        ("PrettyCompactNoEscapes", Format::Pretty(Frame::Compact)),
        ("PrettyCompactNoEscapesMonoBlock", Format::Pretty(Frame::Compact)),
        ("PrettyJSONEachRow", Format::PrettyJsonEachRow),
        ("PrettyJSONLines", Format::PrettyJsonEachRow),
        ("PrettyMonoBlock", Format::Pretty(Frame::Full)),
        ("PrettyNoEscapes", Format::Pretty(Frame::Full)),
        ("PrettyNoEscapesMonoBlock", Format::Pretty(Frame::Full)),
        ("PrettySpace", Format::Pretty(Frame::Space)),
        ("PrettySpaceMonoBlock", Format::Pretty(Frame::Space)),
        ("PrettySpaceNoEscapes", Format::Pretty(Frame::Space)),
        ("PrettySpaceNoEscapesMonoBlock", Format::Pretty(Frame::Space)),
        ("Prometheus", Format::Prometheus),
        ("Raw", Format::TsvRaw(None)),
        ("RawBLOB", Format::RawBlob),
        ("RawWithNames", Format::TsvRaw(Names)),
        ("RawWithNamesAndTypes", Format::TsvRaw(NamesAndTypes)),
        ("RowBinary", Format::RowBinary(None)),
        ("RowBinaryWithNames", Format::RowBinary(Names)),
        ("RowBinaryWithNamesAndTypes", Format::RowBinary(NamesAndTypes)),
        ("SQLInsert", Format::SqlInsert),
        ("TSKV", Format::Tskv),
        ("TSV", Format::Tsv(None)),
        ("TSVRaw", Format::TsvRaw(None)),
        ("TSVRawWithNames", Format::TsvRaw(Names)),
        ("TSVRawWithNamesAndTypes", Format::TsvRaw(NamesAndTypes)),
        ("TSVWithNames", Format::Tsv(Names)),
        ("TSVWithNamesAndTypes", Format::Tsv(NamesAndTypes)),
        ("TabSeparated", Format::Tsv(None)),
        ("TabSeparatedRaw", Format::TsvRaw(None)),
        ("TabSeparatedRawWithNames", Format::TsvRaw(Names)),
        ("TabSeparatedRawWithNamesAndTypes", Format::TsvRaw(NamesAndTypes)),
        ("TabSeparatedWithNames", Format::Tsv(Names)),
        ("TabSeparatedWithNamesAndTypes", Format::Tsv(NamesAndTypes)),
        ("Values", Format::Values),
        ("Vertical", Format::Vertical),
        ("XML", Format::Xml),
    ]
};

impl Format {
    /// The names of all formats.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(name, _)| *name)
    }

    /// The format of a name, as ClickHouse spells it, in any case.
    ///
    /// # Errors
    /// 73 for an unknown one.
    pub fn parse(name: &str) -> Result<Self> {
        let found = TABLE.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found
            .map(|(_, format)| *format)
            .ok_or_else(|| SqlError::new(ErrorCode::UNKNOWN_FORMAT, format!("Unknown format {name}")))
    }

    /// The media type of the answer.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json
            | Self::JsonCompact
            | Self::JsonStrings
            | Self::JsonCompactStrings
            | Self::JsonColumns
            | Self::JsonCompactColumns
            | Self::JsonColumnsWithMetadata
            | Self::JsonObjectEachRow => "application/json; charset=UTF-8",
            Self::JsonEachRow
            | Self::JsonEachRowWithProgress
            | Self::JsonStringsEachRowWithProgress
            | Self::PrettyJsonEachRow
            | Self::JsonStringsEachRow
            | Self::JsonCompactEachRow(_)
            | Self::JsonCompactStringsEachRow(_) => "application/x-ndjson; charset=UTF-8",
            Self::Csv(Header::None) => "text/csv; charset=UTF-8; header=absent",
            Self::Csv(_) => "text/csv; charset=UTF-8; header=present",
            Self::Tsv(_) | Self::TsvRaw(_) | Self::Tskv => "text/tab-separated-values; charset=UTF-8",
            Self::Markdown => "text/markdown; charset=UTF-8",
            Self::Xml => "application/xml; charset=UTF-8",
            Self::Arrow | Self::ArrowStream | Self::RowBinary(_) | Self::Native | Self::RawBlob => {
                "application/octet-stream"
            }
            Self::Prometheus => "text/plain; version=0.0.4; charset=UTF-8",
            Self::Custom(_)
            | Self::Values
            | Self::SqlInsert
            | Self::Pretty(_)
            | Self::Vertical
            | Self::Null => "text/plain; charset=UTF-8",
        }
    }

    /// Whether values are written as JSON texts.
    fn is_of_strings(self) -> bool {
        matches!(
            self,
            Self::JsonStrings
                | Self::JsonStringsEachRow
                | Self::JsonStringsEachRowWithProgress
                | Self::JsonCompactStrings
                | Self::JsonCompactStringsEachRow(_)
        )
    }

    /// Whether all rows are needed before any is written.
    fn holds_rows(self) -> bool {
        matches!(
            self,
            Self::Pretty(_)
                | Self::JsonColumns
                | Self::JsonCompactColumns
                | Self::JsonColumnsWithMetadata
                | Self::Prometheus
        )
    }
}

/// Whether a column's values stand at the right for people: numbers, dates and times.
fn is_right_aligned(ty: &ChType) -> bool {
    let bare = ty.bare();
    let number = (bare.is_number() && *bare != ChType::Bool) || matches!(bare, ChType::Interval(_));
    number || bare.is_date() || bare.is_date_time()
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
    choices: choices::Choices,
    /// Which column names the objects of JSONObjectEachRow.
    object_column: Option<usize>,
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
        let choices = choices::Choices::of(&environment);
        Self {
            format,
            columns,
            options,
            environment,
            choices,
            object_column: None,
            rows: 0,
            held: Vec::new(),
            arrow: None,
        }
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
            Format::Json | Format::JsonCompact | Format::JsonStrings | Format::JsonCompactStrings => {
                self.document_head(out);
            }
            Format::JsonObjectEachRow => {
                self.object_column = self.choices.object_column(&self.columns)?;
                out.extend_from_slice(b"{\n");
            }
            Format::JsonEachRow | Format::JsonStringsEachRow if self.choices.array_of_rows => {
                out.extend_from_slice(b"[\n");
            }
            Format::JsonEachRowWithProgress | Format::JsonStringsEachRowWithProgress => self.meta_line(out),
            Format::Custom(header) => self.custom_head(header, out),
            Format::JsonCompactEachRow(header)
            | Format::JsonCompactStringsEachRow(header)
            | Format::Csv(header)
            | Format::Tsv(header)
            | Format::TsvRaw(header) => {
                self.header(header, out);
            }
            Format::RowBinary(header) => self.binary_head(header, out),
            Format::Markdown => self.markdown_head(out),
            Format::Xml => self.xml_head(out),
            Format::Arrow => self.arrow = Some(arrow_stream::ArrowStream::file(&self.columns)?),
            Format::ArrowStream => self.arrow = Some(arrow_stream::ArrowStream::new(&self.columns)?),
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
            held if held.holds_rows() => self.held.push(batch.clone()),
            Format::Arrow | Format::ArrowStream => {
                if let Some(stream) = &mut self.arrow {
                    stream.write(batch, out)?;
                }
            }
            Format::RowBinary(_) => self.binary_rows(batch, out)?,
            Format::Native => self.native_block(batch, out)?,
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
            Format::Json
            | Format::JsonCompact
            | Format::JsonStrings
            | Format::JsonCompactStrings
            | Format::JsonColumnsWithMetadata => self.document_tail(footer, out),
            Format::JsonColumns | Format::JsonCompactColumns => self.json_columns(out),
            Format::JsonObjectEachRow => {
                out.extend_from_slice(b"\n}\n");
            }
            Format::Pretty(frame) => self.pretty(frame, footer, out),
            Format::SqlInsert => out.extend_from_slice(b";\n"),
            Format::JsonEachRow | Format::JsonStringsEachRow if self.choices.array_of_rows => {
                out.extend_from_slice(b"\n]\n");
            }
            Format::JsonEachRowWithProgress | Format::JsonStringsEachRowWithProgress => {
                self.progress_lines(footer, out);
            }
            Format::Custom(_) => out.extend_from_slice(self.choices.custom.result_after.as_bytes()),
            Format::Xml => self.xml_tail(footer, out),
            Format::Prometheus => self.prometheus(out)?,
            Format::Csv(_) | Format::Tsv(_) | Format::TsvRaw(_) | Format::Vertical => {
                self.totals_after(footer, out);
            }
            Format::Arrow | Format::ArrowStream => {
                if let Some(stream) = &mut self.arrow {
                    stream.finish(out)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
