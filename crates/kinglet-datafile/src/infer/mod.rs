//! Schemas from samples of data.
//!
//! A sample is text: the start of a CSV, NDJSON or JSON file. Its columns are those of the
//! [`InferredSchema`], whose [`datasource`](InferredSchema::datasource) can be printed as a file.

mod csv;
mod dialect;
mod elements;
mod guess;
mod json;
mod literal;
mod names;
mod profile;
mod records;

use crate::column::Column;
use crate::datasource::Datasource;
use crate::engine::{Engine, EngineArgument};
use crate::jsonpath::{JsonPath, PathStep};

pub use csv::{CsvOptions, infer_csv};
pub use dialect::{Dialect, sniff};
pub use guess::{guess_types, valid_types};
pub use json::infer_json;

/// What a sample is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleFormat {
    /// Fields separated by a delimiter.
    Csv(Dialect),
    /// JSON objects, usually one a line.
    Ndjson,
    /// One JSON array of objects.
    Json,
}

/// A column found in a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct InferredColumn {
    /// Name of the column.
    pub name: String,
    /// Path into a JSON row; `None` for CSV.
    pub path: Option<String>,
    /// ClickHouse type without `Nullable`.
    pub r#type: String,
    /// Whether values were missing, so that the column is `Nullable`.
    pub nullable: bool,
    /// Rows of the sample that had a value.
    pub present: usize,
    /// Rows of the sample that had none.
    pub missing: usize,
}

impl InferredColumn {
    /// Share of the rows that had a value, 0 to 1.
    pub fn present_share(&self) -> f64 {
        let total = self.present + self.missing;
        if total == 0 { 0.0 } else { self.present as f64 / total as f64 }
    }

    /// The column of a schema. An array that some rows lack is empty for them.
    pub fn column(&self) -> Column {
        let lacking_array = self.missing > 0 && self.r#type.starts_with("Array");
        Column {
            name: self.name.clone(),
            r#type: self.r#type.clone(),
            nullable: self.nullable,
            jsonpath: self.path.clone(),
            default: lacking_array.then(|| "DEFAULT []".to_owned()),
            ..Column::default()
        }
    }
}

/// The schema of a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct InferredSchema {
    /// What the sample is written in.
    pub format: SampleFormat,
    /// Its columns, in the order of their first appearance.
    pub columns: Vec<InferredColumn>,
    /// Rows that were looked at.
    pub rows: usize,
}

impl InferredSchema {
    /// The columns of a schema.
    pub fn columns(&self) -> Vec<Column> {
        self.columns.iter().map(InferredColumn::column).collect()
    }

    /// A data source for the sample: a MergeTree with a sorting key that suits the columns.
    pub fn datasource(&self, description: Option<String>) -> Datasource {
        Datasource { description, ..Datasource::from_columns(self.columns()) }
    }
}

impl Datasource {
    /// A MergeTree over these columns with a sorting key that suits them.
    pub fn from_columns(columns: Vec<Column>) -> Self {
        let sorting_key = EngineArgument {
            name: "sorting_key".to_owned(),
            value: suggested_sorting_key(&columns),
            span: Default::default(),
        };
        let engine = Engine {
            r#type: Some("MergeTree".to_owned()),
            args: vec![sorting_key],
            span: Default::default(),
        };
        Self { columns, engine: Some(engine), ..Self::default() }
    }

    /// A MergeTree over columns given as names and full ClickHouse types, such as those of a Parquet
    /// file. With `paths`, each column is read from the JSON path of the name it was given; the column's own
    /// name has `_` for what is no letter or digit.
    pub fn from_names_and_types(columns: &[(String, String)], paths: bool) -> Self {
        let mut names: Vec<String> = columns.iter().map(|(name, _)| names::from_key(name)).collect();
        names::distinct(&mut names);
        let column = |((original, full_type), name): (&(String, String), String)| {
            let path = JsonPath { steps: vec![PathStep::Key(original.clone())] };
            let jsonpath = paths.then(|| path.to_string());
            Column { jsonpath, ..Column::new(name, full_type) }
        };
        Self::from_columns(columns.iter().zip(names).map(column).collect())
    }
}

/// A sorting key for columns nobody chose one for: up to three columns that can be in a key, points in
/// time first; `tuple()` when there is none.
pub fn suggested_sorting_key(columns: &[Column]) -> String {
    let rank = |column: &Column| -> Option<u8> {
        let inner = column.r#type.strip_prefix("LowCardinality(").unwrap_or(&column.r#type);
        if column.nullable || inner.starts_with("Nullable") {
            return None;
        }
        match inner {
            t if t.starts_with("Date") => Some(0),
            t if t.starts_with("Int") || t.starts_with("UInt") || t.starts_with("Enum") => Some(1),
            t if t.starts_with("String") || t.starts_with("UUID") || t.starts_with("FixedString") => Some(2),
            _ => None,
        }
    };
    let of_rank = |wanted: u8| columns.iter().filter(move |column| rank(column) == Some(wanted));
    let ranked = (0..=2).flat_map(of_rank);
    let names: Vec<String> = ranked.take(3).map(|column| key_name(&column.name)).collect();
    if names.is_empty() { "tuple()".to_owned() } else { names.join(", ") }
}

/// A column's name as it may stand in an expression.
fn key_name(name: &str) -> String {
    let bare = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if bare { name.to_owned() } else { format!("`{name}`") }
}

/// The text up to its last line break, for samples that were cut off anywhere.
fn without_last_line(text: &str) -> &str {
    match text.rfind(['\n', '\r']) {
        Some(at) => text.get(..=at).unwrap_or(text),
        None => text,
    }
}
