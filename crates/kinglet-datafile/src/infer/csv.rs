//! Columns of a CSV sample.

use super::dialect::{Dialect, sniff, usual_width};
use super::profile::{Lists, Profile, class_of_text};
use super::records::records;
use super::{InferredColumn, InferredSchema, SampleFormat, names, without_last_line};

/// Records of a sample that are looked at.
const MAX_RECORDS: usize = 20_000;

/// What is known about a CSV sample.
#[derive(Clone, Debug, Default)]
pub struct CsvOptions {
    /// How it is written; found out when not given.
    pub dialect: Option<Dialect>,
    /// Whether the sample is all there is. Otherwise its last line is taken for cut off.
    pub complete: bool,
    /// Whether every column is to be a `String`.
    pub all_text: bool,
}

/// Columns and dialect of a CSV sample.
pub fn infer_csv(sample: &str, options: &CsvOptions) -> InferredSchema {
    let text = sample.strip_prefix('\u{feff}').unwrap_or(sample);
    let text = if options.complete { text } else { without_last_line(text) };
    let dialect = options.dialect.clone().unwrap_or_else(|| sniff(text));
    let mut rows = records(text, &dialect, MAX_RECORDS);
    let header = if dialect.header && !rows.is_empty() { Some(rows.remove(0)) } else { None };
    let width = header.as_ref().map_or_else(|| usual_width(&rows).0, Vec::len);
    let names = column_names(header, width);
    let columns = names
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            let values = rows.iter().map(|row| row.get(at).map_or("", String::as_str));
            column(name, values, options)
        })
        .collect();
    InferredSchema { format: SampleFormat::Csv(dialect), columns, rows: rows.len() }
}

/// Names from the header, or `column_00`, `column_01`, … without one.
fn column_names(header: Option<Vec<String>>, width: usize) -> Vec<String> {
    let generic = |at: usize| format!("column_{at:02}");
    let mut names: Vec<String> = match header {
        None => (0..width).map(generic).collect(),
        Some(cells) => cells
            .iter()
            .enumerate()
            .map(|(at, cell)| if cell.trim().is_empty() { generic(at) } else { names::from_header(cell) })
            .collect(),
    };
    names::distinct(&mut names);
    names
}

fn column<'a>(name: String, values: impl Iterator<Item = &'a str>, options: &CsvOptions) -> InferredColumn {
    let mut profile = Profile::default();
    let mut lists = Lists::default();
    for value in values {
        if value.is_empty() || value == "\\N" {
            profile.missing += 1;
            continue;
        }
        profile.add(&class_of_text(value));
        lists.add(value);
    }
    let list = lists.r#type();
    let r#type = match list {
        _ if options.all_text => "String".to_owned(),
        Some(array) => array.to_owned(),
        None => profile.r#type(),
    };
    let nullable = profile.missing > 0 && !r#type.starts_with("Array");
    InferredColumn { name, path: None, r#type, nullable, present: profile.present, missing: profile.missing }
}
