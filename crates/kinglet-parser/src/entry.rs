//! Where parsing starts.

use kinglet_diagnostic::{Diagnostic, Span};

use crate::ast::{DataType, Expr, Query, Statement};

/// What was read, and what is wrong with the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<T> {
    /// What was read. `None` when the text is refused; then `diagnostics` holds an error.
    pub value: Option<T>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Parsed<T> {
    /// The value if there is no error, else the first error.
    pub fn into_result(self) -> Result<T, Diagnostic> {
        if let Some(error) = self.diagnostics.into_iter().find(Diagnostic::is_error) {
            return Err(error);
        }
        self.value.ok_or_else(|| Diagnostic::error("sql/syntax", Span::at(0), "Empty query"))
    }
}

/// Reads statements separated by semicolons.
pub fn parse(sql: &str) -> Parsed<Vec<Statement>> {
    unfinished(sql)
}

/// Reads one query: `SELECT` or a combination of several, without `FORMAT`.
pub fn parse_select(sql: &str) -> Parsed<Query> {
    unfinished(sql)
}

/// Reads one expression, which may have an alias.
pub fn parse_expression(sql: &str) -> Parsed<Expr> {
    unfinished(sql)
}

/// Reads one data type.
pub fn parse_data_type(sql: &str) -> Parsed<DataType> {
    unfinished(sql)
}

fn unfinished<T>(sql: &str) -> Parsed<T> {
    let error = Diagnostic::error("sql/syntax", Span::new(0, sql.len()), "The parser does not read this yet");
    Parsed { value: None, diagnostics: vec![error] }
}
