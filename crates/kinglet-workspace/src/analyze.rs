//! What a file holds: format, columns and types out of its beginning.

mod parquet_types;
mod sample;

use crate::error::{Error, Result};
use crate::import::{Dialect, Encoding, Format};
use bytes::Bytes;
use futures::stream::LocalBoxStream;
use kinglet_datafile::infer::{self, CsvOptions, SampleFormat, infer_csv, infer_json};
use kinglet_datafile::{Datasource, schema_sql};

/// A column that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalyzedColumn {
    /// Name.
    pub name: String,
    /// JSON path; the name for a CSV.
    pub path: String,
    /// ClickHouse type, with `Nullable` where values were missing.
    pub ty: String,
    /// Share of the rows that had a value, 0 to 1.
    pub present_share: f64,
}

/// What a file holds.
pub struct Analysis {
    /// Its format.
    pub format: Format,
    /// How it separates, for a CSV.
    pub dialect: Option<infer::Dialect>,
    /// Its columns.
    pub columns: Vec<AnalyzedColumn>,
    /// A data source for it.
    pub datasource: Datasource,
}

impl Analysis {
    /// The columns as a `SCHEMA`.
    pub fn schema(&self) -> String {
        schema_sql(&self.datasource.columns)
    }

    /// How a CSV separates, as imports want it.
    pub fn import_dialect(&self) -> Option<Dialect> {
        self.dialect.as_ref().map(Dialect::of)
    }
}

/// What is known of a file before it is looked at.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Its format.
    pub format: Option<Format>,
    /// Delimiter of a CSV.
    pub delimiter: Option<u8>,
    /// Character before a quote inside quotes of a CSV.
    pub escape: Option<u8>,
    /// How it is packed.
    pub encoding: Option<Encoding>,
    /// Every column of a CSV is text.
    pub all_text: bool,
}

/// Looks at a file; the body that comes back has all of its bytes again.
///
/// # Errors
/// Kind `Invalid` when nothing can be made of it.
pub async fn analyze(
    body: LocalBoxStream<'static, Result<Bytes>>,
    hints: &Hints,
) -> Result<(Analysis, LocalBoxStream<'static, Result<Bytes>>)> {
    let (sample, body) = sample::take(body, hints).await?;
    let format = hints.format.unwrap_or_else(|| guess_format(&sample.bytes));
    if format == Format::Parquet {
        let (sample, body) = sample::take_whole(body, hints).await?;
        return Ok((parquet_types::analyze(Bytes::from(sample))?, body));
    }
    if sample.bytes.trim_ascii().is_empty() {
        return Err(Error::invalid("the file is empty: there is nothing to infer columns from"));
    }
    Ok((of_text(&sample, format, hints)?, body))
}

fn of_text(sample: &sample::Sample, format: Format, hints: &Hints) -> Result<Analysis> {
    let text = String::from_utf8_lossy(&sample.bytes);
    let schema = if format == Format::Csv {
        let mut dialect = infer::sniff(&text);
        if let Some(delimiter) = hints.delimiter {
            dialect.delimiter = char::from(delimiter);
        }
        if let Some(escape) = hints.escape {
            dialect.escape = Some(char::from(escape));
        }
        let all_text = hints.all_text;
        infer_csv(&text, &CsvOptions { dialect: Some(dialect), complete: sample.complete, all_text })
    } else {
        infer_json(&text)
    };
    if schema.columns.is_empty() {
        return Err(Error::invalid(format!(
            "no columns were found in the file; is it really {}?",
            format.name()
        )));
    }
    let columns = schema.columns.iter().map(|column| {
        let ty = column.column().full_type();
        let path = column.path.clone().unwrap_or_else(|| column.name.clone());
        AnalyzedColumn { name: column.name.clone(), path, ty, present_share: column.present_share() }
    });
    let (format, dialect) = match &schema.format {
        SampleFormat::Csv(dialect) => (Format::Csv, Some(dialect.clone())),
        SampleFormat::Ndjson => (Format::Ndjson, None),
        SampleFormat::Json => (Format::Json, None),
    };
    Ok(Analysis { format, dialect, columns: columns.collect(), datasource: schema.datasource(None) })
}

fn guess_format(sample: &[u8]) -> Format {
    if sample.starts_with(b"PAR1") {
        return Format::Parquet;
    }
    match sample.trim_ascii_start().first() {
        Some(b'{') => Format::Ndjson,
        Some(b'[') => Format::Json,
        _ => Format::Csv,
    }
}
