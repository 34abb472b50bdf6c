//! Tokens of a datafile.

use kinglet_datafile::Part;
use kinglet_diagnostic::Span;

use super::{Token, TokenKind, laid_over, schema, sql};
use crate::document::{Document, blanked};
use crate::tag::tags;

/// The tokens of a datafile.
pub(super) fn tokens(document: &Document<'_>) -> Vec<Token> {
    let mut found = Vec::new();
    for part in document.parts() {
        found.push(Token {
            span: part.keyword,
            kind: if part.is_known { TokenKind::Directive } else { TokenKind::Name },
        });
        found.extend(words(document.text, &part));
        if let Some(block) = part.block {
            found.extend(block_tokens(document.text, &part.name, block));
        }
    }
    laid_over(found, comments(document.text))
}

/// `#` lines. They are comments wherever they stand.
fn comments(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with('#') {
            let from = offset + (line.len() - line.trim_start().len());
            out.push(Token::new(from, from + trimmed.len(), TokenKind::Comment));
        }
        offset += line.len();
    }
    out
}

fn words(text: &str, part: &Part) -> Vec<Token> {
    let Some(((_, first), (_, last))) = part.words.first().zip(part.words.last()) else { return Vec::new() };
    let value = first.to(*last);
    let from = value.start as usize;
    let mut out = match part.name.as_str() {
        _ if part.block.is_some() => vec![Token { span: *first, kind: TokenKind::Punctuation }],
        "description" => vec![Token { span: value, kind: TokenKind::Text }],
        "node" | "scope" => vec![Token { span: value, kind: TokenKind::Name }],
        name if is_expression(name) => schema::expression(value.text(text), from),
        _ => {
            let word = |(word, span): &(String, Span)| Token { span: *span, kind: word_kind(word) };
            let under = part.words.iter().map(word).collect();
            let inside = value.text(text);
            laid_over(under, sql::tag_tokens(inside, from, &tags(inside)))
        }
    };
    let end = value.end as usize;
    let rest = text.get(end..part.block.map_or(part.end, |block| block.start as usize)).unwrap_or("");
    let rest = rest.lines().next().unwrap_or("");
    let tail = rest.trim();
    if tail.starts_with('#') {
        let at = end + (rest.len() - rest.trim_start().len());
        out.push(Token::new(at, at + tail.len(), TokenKind::Comment));
    }
    out
}

/// Directives whose value is an expression over columns.
fn is_expression(name: &str) -> bool {
    ["engine_partition_key", "engine_sorting_key", "engine_primary_key", "engine_sampling_key", "engine_ttl"]
        .contains(&name)
}

fn word_kind(word: &str) -> TokenKind {
    if word.starts_with(['"', '\'']) {
        TokenKind::String
    } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
        TokenKind::Number
    } else {
        TokenKind::Value
    }
}

fn block_tokens(text: &str, name: &str, block: Span) -> Vec<Token> {
    let start = block.start as usize;
    let inside: String = block
        .text(text)
        .split_inclusive('\n')
        .map(|line| if line.trim_start().starts_with('#') { blanked(line) } else { line.to_owned() })
        .collect();
    match name {
        "sql" | "forward_query" => sql::tokens(&inside, start),
        "schema" => schema::columns(&inside, start),
        "indexes" => schema::indexes(&inside, start),
        "description" => schema::lines(&inside, start, TokenKind::Text),
        name if name.starts_with("engine") => schema::expression(&inside, start),
        _ => schema::lines(&inside, start, TokenKind::Value),
    }
}
