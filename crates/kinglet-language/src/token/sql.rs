//! Tokens of a query with template tags.

use super::{Piece, PieceKind, Token, TokenKind, merged, outside, pieces, shown};
use crate::tag::{Tag, TagKind, is_template, masked, tags};
use crate::template_function;

/// The tokens of a query that starts at `start` of its text.
pub(super) fn tokens(sql: &str, start: usize) -> Vec<Token> {
    let found = if is_template(sql) { tags(sql) } else { Vec::new() };
    let found_tokens = kinglet_parser::tokens(&masked(sql, &found));
    let under = found_tokens
        .iter()
        .map(|token| Token { span: token.span.shifted(start), kind: shown(token.highlight) });
    let holes: Vec<_> = found.iter().map(|tag| tag.span.shifted(start)).collect();
    merged(outside(under.collect(), &holes), tag_tokens(sql, start, &found))
}

/// The tokens of the tags, each covering its whole tag or blanks between.
pub(super) fn tag_tokens(sql: &str, start: usize, tags: &[Tag]) -> Vec<Token> {
    let mut out = Vec::new();
    if let Some(percent) = sql.find('%').filter(|_| is_template(sql)) {
        out.push(Token::new(start + percent, start + percent + 1, TokenKind::TemplateTag));
    }
    for tag in tags {
        let (from, to) = (start + tag.span.start as usize, start + tag.span.end as usize);
        let inner = tag.inner.shifted(start);
        let inside = pieces(tag.inner.text(sql));
        let is_comment = inside.first().is_some_and(|first| first.text(tag.inner.text(sql)) == "comment");
        if tag.kind == TagKind::Comment || (tag.kind == TagKind::Statement && is_comment) {
            out.push(Token::new(from, to, TokenKind::Comment));
            continue;
        }
        out.push(Token::new(from, inner.start as usize, TokenKind::TemplateTag));
        for (at, piece) in inside.iter().enumerate() {
            let kind = piece_kind(&inside, at, piece, tag.inner.text(sql));
            out.push(Token { span: piece.span.shifted(inner.start as usize), kind });
        }
        if (inner.end as usize) < to {
            out.push(Token::new(inner.end as usize, to, TokenKind::TemplateTag));
        }
    }
    out
}

fn piece_kind(all: &[Piece], at: usize, piece: &Piece, code: &str) -> TokenKind {
    let sign = |at: Option<usize>| at.and_then(|at| all.get(at)).map_or("", |piece| piece.text(code));
    match piece.kind {
        PieceKind::String => TokenKind::String,
        PieceKind::Number => TokenKind::Number,
        PieceKind::Constant => TokenKind::Constant,
        PieceKind::Keyword => TokenKind::TemplateKeyword,
        PieceKind::Sign => match piece.text(code) {
            "(" | ")" | "[" | "]" | "{" | "}" => TokenKind::Bracket,
            "," | "." | ":" => TokenKind::Punctuation,
            _ => TokenKind::Operator,
        },
        PieceKind::Name => {
            let before = sign(at.checked_sub(1));
            match sign(Some(at + 1)) {
                "(" if before == "." => TokenKind::Function,
                "(" if template_function::find(piece.text(code)).is_some() => TokenKind::TemplateFunction,
                "(" => TokenKind::Function,
                "=" if matches!(before, "(" | ",") => TokenKind::Name,
                _ if before == "." => TokenKind::Name,
                _ => TokenKind::Parameter,
            }
        }
    }
}
