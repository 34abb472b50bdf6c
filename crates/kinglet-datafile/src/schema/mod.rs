//! The text of a `SCHEMA` block to columns.

mod keyword;
mod reader;
mod scanner;
mod state_type;
mod type_text;

use crate::column::Column;
use crate::problem::{Parsed, Problem};
use crate::text::SourceText;

/// Reads column definitions as they stand in a `SCHEMA`, for text that is not part of a file.
pub fn parse_columns(text: &str) -> Parsed<Vec<Column>> {
    read_columns(&SourceText::contiguous(text, 0), 0)
}

/// Reads column definitions. Tinybird counts their lines from `first_line`, which is 0 when the
/// text's first line is line 1.
pub(crate) fn read_columns(source: &SourceText, first_line: usize) -> Parsed<Vec<Column>> {
    let (columns, error) = reader::read(source);
    let problems: Vec<Problem> = error
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
