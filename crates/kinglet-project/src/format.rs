//! Formatting of the files of a project.

use kinglet_datafile::{format_connection, format_datasource, format_pipe};
use kinglet_parser::{FormatOptions, KeywordCase, format_sql};

use crate::path::FileKind;
use crate::template_layout::format_template;

/// Width of a line of a formatted query, indentation of the block left out.
const LINE_WIDTH: usize = 96;

/// The formatted text of a data source, pipe or connection, or `None` for files of other kinds.
///
/// Queries are laid out too, except those with `#` comments; keywords and template tags stay as they are.
///
/// # Errors
/// The file has errors; the text must stay as it is.
pub fn format_file(path: &str, text: &str) -> Result<Option<String>, String> {
    match FileKind::of(path) {
        FileKind::Datasource => format_datasource(text).map(Some),
        FileKind::Pipe => format_pipe(text, &format_query).map(Some),
        FileKind::Connection => format_connection(text).map(Some),
        _ => Ok(None),
    }
}

/// The formatted text of a query or a template; `None` where it has errors or tags that stand in the way.
pub fn format_query(sql: &str) -> Option<String> {
    let options =
        FormatOptions { width: LINE_WIDTH, keywords: KeywordCase::Keep, ..FormatOptions::default() };
    let format = |sql: &str| format_sql(sql, &options).ok();
    if sql.trim_start().starts_with('%') { format_template(sql, format) } else { format(sql) }
}
