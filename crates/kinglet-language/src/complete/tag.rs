//! Words in a template tag.

use kinglet_diagnostic::Span;

use super::{Completion, Completions, word_around};
use crate::analysis::Analysis;
use crate::document::Document;
use crate::parameters::parameters;
use crate::tag::TagKind;
use crate::template_function::FUNCTIONS;
use crate::token::{PieceKind, pieces};

/// Words that open a statement, with what is written.
const STATEMENTS: [&str; 8] = ["if ", "elif ", "else", "end", "for ", "set ", "break", "continue"];

/// Words of an expression.
const WORDS: [&str; 8] = ["not", "and", "or", "in", "is", "None", "True", "False"];

/// Words that may stand at an offset of the query, which lies in a tag.
pub(super) fn complete(document: &Document<'_>, analysis: &Analysis, at: usize) -> Option<Completions> {
    let tag = analysis.tag_at(at)?;
    let code = tag.inner.text(&analysis.sql);
    let inside = at.checked_sub(tag.inner.start as usize)?;
    if tag.kind == TagKind::Comment {
        return None;
    }
    let all = pieces(code);
    let in_text = all.iter().any(|piece| {
        let (start, end) = (piece.span.start as usize, piece.span.end as usize);
        piece.kind == PieceKind::String && start < inside && inside < end
    });
    if in_text {
        return None;
    }
    let word = word_around(code, inside.min(code.len()));
    let before = all.iter().rev().find(|piece| piece.span.end <= word.start);
    if before.is_some_and(|piece| piece.text(code) == ".") {
        return None;
    }
    let span = word.shifted(tag.inner.start as usize);
    Some(Completions { span, items: items(document, tag.kind, before.is_none(), span, analysis) })
}

fn items(
    document: &Document<'_>,
    kind: TagKind,
    is_first: bool,
    span: Span,
    analysis: &Analysis,
) -> Vec<Completion> {
    if kind == TagKind::Statement && is_first {
        let statement = |word: &&str| {
            let mut item = Completion::new(word.trim_end(), "templateKeyword", 3);
            if word.ends_with(' ') {
                item.insert = (*word).to_owned();
            }
            item
        };
        return STATEMENTS.iter().map(statement).collect();
    }
    let is_called = analysis.sql.get(span.end as usize..).is_some_and(|rest| rest.starts_with('('));
    let mut items: Vec<Completion> = Vec::new();
    for parameter in parameters(document) {
        items.push(Completion::new(parameter.name, "parameter", 5).with_detail(parameter.type_name));
    }
    for function in FUNCTIONS {
        let item = Completion::new(function.name, "templateFunction", 2);
        let item = if is_called { item } else { item.called(true) };
        items.push(item.with_detail(function.signature()).with_info(function.summary));
    }
    items.extend(WORDS.iter().map(|word| Completion::new(*word, "templateKeyword", 0)));
    items
}
