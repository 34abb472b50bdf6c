//! Where parsing starts.

use kinglet_diagnostic::{Diagnostic, Span};

use crate::ast::{DataType, Expr, Query, Statement};
use crate::parser::{Parse, Parser};

/// What was read, and what is wrong with the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<T> {
    /// What was read. `None` when the text is refused; then `diagnostics` holds an error.
    pub value: Option<T>,
    /// What is wrong, in the order of the text. Codes are `sql/syntax` (ClickHouse's error 62) and
    /// `sql/too-deep` (306).
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
///
/// A faulty statement is reported and left out; reading goes on after the next semicolon, so that
/// `value` holds what could be read even when there are errors.
pub fn parse(sql: &str) -> Parsed<Vec<Statement>> {
    let mut parser = Parser::new(sql, false);
    if let Ok(statements) = parser.statements() {
        return Parsed { value: Some(statements), diagnostics: Vec::new() };
    }
    read_on(sql, Parser::new(sql, true))
}

/// Reads statements as [`parse`] does, but goes on after errors inside queries, so that an editor has a
/// tree of unfinished text: what cannot be read is [`crate::ast::ExprKind::Error`] or missing. Never
/// for running.
pub fn parse_lenient(sql: &str) -> Parsed<Vec<Statement>> {
    let mut parser = Parser::new(sql, false);
    if let Ok(statements) = parser.statements() {
        return Parsed { value: Some(statements), diagnostics: Vec::new() };
    }
    read_on(sql, Parser::lenient(sql))
}

/// Reads one query: `SELECT` or a combination of several, without `FORMAT`.
pub fn parse_select(sql: &str) -> Parsed<Query> {
    read_whole(sql, Parser::whole_query)
}

/// Reads one expression, which may have an alias.
pub fn parse_expression(sql: &str) -> Parsed<Expr> {
    read_whole(sql, Parser::whole_expr)
}

/// Reads one data type.
pub fn parse_data_type(sql: &str) -> Parsed<DataType> {
    read_whole(sql, Parser::whole_data_type)
}

/// Reads the text once; a faulty one is read again to learn what was expected.
fn read_whole<'a, T>(sql: &'a str, read: fn(&mut Parser<'a>) -> Parse<T>) -> Parsed<T> {
    if let Ok(value) = read(&mut Parser::new(sql, false)) {
        return Parsed { value: Some(value), diagnostics: Vec::new() };
    }
    let mut parser = Parser::new(sql, true);
    match read(&mut parser) {
        Ok(value) => Parsed { value: Some(value), diagnostics: Vec::new() },
        Err(_) => Parsed { value: None, diagnostics: vec![parser.diagnostic()] },
    }
}

/// Reads a text with errors: every statement that can be read, and a diagnostic for every other.
fn read_on(sql: &str, mut parser: Parser<'_>) -> Parsed<Vec<Statement>> {
    let mut statements = Vec::new();
    let mut diagnostics = Vec::new();
    while parser.skip_semicolons() {
        let result = parser.statement_and_end();
        diagnostics.extend(parser.take_reports());
        match result {
            Ok(statement) => statements.push(statement),
            Err(_) => {
                diagnostics.push(parser.diagnostic());
                if !parser.skip_statement() {
                    break;
                }
            }
        }
    }
    if statements.is_empty() && diagnostics.is_empty() {
        diagnostics.push(Diagnostic::error("sql/syntax", Span::at(sql.len()), "Empty query"));
    }
    let value = (!statements.is_empty()).then_some(statements);
    Parsed { value, diagnostics }
}
