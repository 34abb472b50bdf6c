//! SQL laid out for people: several lines, comments kept.
//!
//! The formatter moves white space and nothing else: the tokens stay as they were written, but for
//! the case of keywords. It knows what a word is from the parser, so a column called `format` keeps
//! its case, and it checks its own work: should the result not have the same tokens, the text is
//! answered as it was.

mod clause;
mod layout;
mod space;
mod tree;

use kinglet_diagnostic::Diagnostic;

use crate::lexer::Lexer;
use crate::parser::{Parser, Role};
use crate::token::{Token, TokenKind};

/// How [`format_sql`] lays out a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatOptions {
    /// Width to stay within where possible, in characters.
    pub width: usize,
    /// Spaces per level.
    pub indent: usize,
    /// Case of keywords.
    pub keywords: KeywordCase,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self { width: 100, indent: 4, keywords: KeywordCase::Upper }
    }
}

/// The case keywords are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeywordCase {
    /// `SELECT`.
    Upper,
    /// `select`.
    Lower,
    /// As they were.
    Keep,
}

/// Lays out the statements of a text. Formatting twice gives the same as formatting once. Data after
/// `INSERT ... VALUES` and `INSERT ... FORMAT` is left as it is.
///
/// # Errors
/// The diagnostics of a text that cannot be read.
pub fn format_sql(sql: &str, options: &FormatOptions) -> Result<String, Vec<Diagnostic>> {
    let parsed = crate::parse(sql);
    if parsed.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(parsed.diagnostics);
    }
    let statements = parsed.value.unwrap_or_default();
    let end = tree::data_start(&statements).unwrap_or(sql.len());
    let (code, data) = sql.split_at_checked(end).unwrap_or((sql, ""));
    let mut parser = Parser::with_roles(sql);
    if parser.statements().is_err() {
        return Ok(sql.to_owned());
    }
    let roles = parser.into_roles();
    let mut pieces = tree::pieces(code, &roles, options.keywords);
    tree::mark_parameters(&mut pieces);
    let mut formatted = layout::lay_out(pieces, options);
    if !same_tokens(code, &formatted, &roles) {
        return Ok(sql.to_owned());
    }
    if !data.trim().is_empty() {
        formatted.push(' ');
        formatted.push_str(data.trim_end());
    }
    if !formatted.is_empty() {
        formatted.push('\n');
    }
    Ok(formatted)
}

/// Whether two texts have the same tokens, comments included, apart from the case of keywords.
fn same_tokens(before: &str, after: &str, roles: &[Role]) -> bool {
    let (mut left, mut right) = (Lexer::new(before), Lexer::new(after));
    let mut index = 0;
    loop {
        let (a, b) = (left.next_token(), right.next_token());
        let (text_a, text_b) = (text_of(a, before), text_of(b, after));
        let is_keyword = a.kind == TokenKind::Word && roles.get(index) == Some(&Role::Keyword);
        let same = if is_keyword { text_a.eq_ignore_ascii_case(text_b) } else { text_a == text_b };
        if a.kind != b.kind || !same {
            return false;
        }
        if a.kind == TokenKind::End {
            return true;
        }
        if a.kind != TokenKind::Comment {
            index += 1;
        }
    }
}

/// A token's text; of a comment without the white space at its end.
fn text_of(token: Token, text: &str) -> &str {
    let found = token.span.text(text);
    if token.kind == TokenKind::Comment { found.trim_end() } else { found }
}
