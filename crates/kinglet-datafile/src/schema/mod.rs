//! The text of a `SCHEMA` block to columns.

mod keyword;
mod reader;
mod scanner;
mod state_type;
mod type_text;

use crate::column::Column;
use crate::problem::{Parsed, Problem};
use crate::text::SourceText;
use reader::Rules;

/// Reads column definitions as they stand in a `SCHEMA`, for text that is not part of a file.
pub fn parse_columns(text: &str) -> Parsed<Vec<Column>> {
    read_columns(&SourceText::contiguous(text, 0), 0)
}

/// Reads column definitions. Tinybird counts their lines from `first_line`, which is 0 when the
/// text's first line is line 1.
pub(crate) fn read_columns(source: &SourceText, first_line: usize) -> Parsed<Vec<Column>> {
    let (columns, errors) = reader::read(source, Rules::Datafile);
    let problems: Vec<Problem> = errors
        .into_iter()
        .map(|error| {
            let span = source.file_span(error.span);
            let problem =
                Problem::error(error.code, span, error.message).at(first_line + error.line, error.column);
            match error.hint {
                Some(hint) => problem.with_hint(hint),
                None => problem,
            }
        })
        .collect();
    Parsed { value: columns, problems }
}

/// Reads columns written as SQL, such as those an engine is checked against: what a `SCHEMA` takes and
/// also `MATERIALIZED` columns, names without a type and types that Tinybird's schemas refuse.
///
/// # Errors
/// The message, the text and a caret under the place, as Tinybird prints them for SQL.
pub fn parse_sql_columns(text: &str) -> Result<Vec<Column>, String> {
    let (columns, errors) = reader::read(&SourceText::contiguous(text, 0), Rules::Sql);
    let Some(error) = errors.first() else { return Ok(columns) };
    let found = match error.span.text(text) {
        "" => "EOF".to_owned(),
        c => format!("'{c}'"),
    };
    let message = match error.code {
        "datafile/column-type" => return Err(error.message.clone()),
        "datafile/unclosed-backtick" => "expecting ending backtick",
        "datafile/missing-value" => "wrong value",
        "datafile/invalid-character" => "wrong value, please check the schema syntax",
        "datafile/column-name" if !error.message.starts_with("Syntax error") => {
            "wrong value, please check the schema syntax"
        }
        _ => &error.message,
    };
    let margin = " ".repeat(error.column.saturating_sub(1));
    Err(format!("{message}\n{text}\n{margin}^--- found {found} at position {}", error.column))
}
