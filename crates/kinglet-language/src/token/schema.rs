//! Tokens of a schema and of index definitions.

use kinglet_diagnostic::Span;
use kinglet_parser::TokenKind as Lexeme;

use super::{Token, TokenKind, shown};

/// Words after a column's type.
const AFTER_TYPE: [&str; 7] = ["DEFAULT", "MATERIALIZED", "ALIAS", "EPHEMERAL", "CODEC", "TTL", "COMMENT"];

/// The tokens of column definitions that start at `start` of their file.
pub(super) fn columns(text: &str, start: usize) -> Vec<Token> {
    let mut out = Vec::new();
    let (mut depth, mut at_name, mut in_type) = (0usize, true, false);
    for token in kinglet_parser::tokens(text) {
        let word = token.span.text(text);
        let kind = match token.kind {
            Lexeme::OpenRound | Lexeme::OpenSquare => {
                depth += 1;
                TokenKind::Bracket
            }
            Lexeme::CloseRound | Lexeme::CloseSquare => {
                depth = depth.saturating_sub(1);
                TokenKind::Bracket
            }
            Lexeme::Comma => {
                if depth == 0 {
                    (at_name, in_type) = (true, false);
                }
                TokenKind::Punctuation
            }
            Lexeme::QuotedIdentifier if word.get(1..).is_some_and(|inner| inner.starts_with("json:")) => {
                TokenKind::JsonPath
            }
            Lexeme::Word | Lexeme::QuotedIdentifier if at_name => {
                (at_name, in_type) = (false, true);
                TokenKind::Name
            }
            Lexeme::Word if depth == 0 && AFTER_TYPE.iter().any(|known| known.eq_ignore_ascii_case(word)) => {
                in_type = false;
                TokenKind::Keyword
            }
            Lexeme::Word if in_type => TokenKind::Type,
            _ => shown(token.highlight),
        };
        out.push(Token { span: token.span.shifted(start), kind });
    }
    out
}

/// The tokens of index definitions, one a line, that start at `start` of their file.
pub(super) fn indexes(text: &str, start: usize) -> Vec<Token> {
    let mut out = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let mut after_type = false;
        for (at, token) in kinglet_parser::tokens(line).iter().enumerate() {
            let word = token.span.text(line);
            let is = |known: &str| known.eq_ignore_ascii_case(word);
            let kind = match token.kind {
                Lexeme::Word if is("INDEX") || is("TYPE") || is("GRANULARITY") => TokenKind::Keyword,
                Lexeme::Word if at == 0 => TokenKind::Name,
                Lexeme::Word if after_type => TokenKind::Type,
                _ => shown(token.highlight),
            };
            after_type = is("TYPE");
            out.push(Token { span: token.span.shifted(start + offset), kind });
        }
        offset += line.len();
    }
    out
}

/// The tokens of an expression or a list of names that starts at `start` of its file.
pub(super) fn expression(text: &str, start: usize) -> Vec<Token> {
    let found = kinglet_parser::tokens(text);
    found
        .iter()
        .map(|token| Token { span: token.span.shifted(start), kind: shown(token.highlight) })
        .collect()
}

/// One token over each line of a text that is not blank, without the blanks around it.
pub(super) fn lines(text: &str, start: usize, kind: TokenKind) -> Vec<Token> {
    let mut offset = start;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = offset + (line.len() - line.trim_start().len());
            out.push(Token { span: Span::new(from, from + trimmed.len()), kind });
        }
        offset += line.len();
    }
    out
}
