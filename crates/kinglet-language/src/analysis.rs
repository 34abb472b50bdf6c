//! A query read for an editor: its tags, and the tree of the SQL around them.

use kinglet_diagnostic::Span;
use kinglet_parser::ast::{Path, Statement};

use crate::tag::{Tag, is_template, masked, tags};
use crate::token::{PieceKind, pieces};

/// A query, read as far as it can be.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The query as written.
    pub sql: String,
    /// Its tags; none unless it is a template.
    pub tags: Vec<Tag>,
    /// The query with tags masked, of the same length.
    pub masked: String,
    /// Its statements. Spans are those of the query.
    pub statements: Vec<Statement>,
}

impl Analysis {
    /// Reads a query.
    pub fn of(sql: &str) -> Self {
        let tags = if is_template(sql) { tags(sql) } else { Vec::new() };
        let masked = masked(sql, &tags);
        let statements = kinglet_parser::parse_lenient(&masked).value.unwrap_or_default();
        Self { sql: sql.to_owned(), tags, masked, statements }
    }

    /// The name of a table as the query means it: what `{{ table('name') }}` says, or the path.
    pub fn table_name(&self, path: &Path) -> String {
        let inside = |tag: &&Tag| tag.span.start <= path.span.start && path.span.end <= tag.span.end;
        match self.tags.iter().find(inside) {
            Some(tag) => constant_argument(tag.inner.text(&self.sql)).unwrap_or_default().to_owned(),
            None => path.full_name(),
        }
    }

    /// The tag that an offset lies in, between its braces.
    pub fn tag_at(&self, offset: usize) -> Option<&Tag> {
        let inside = |tag: &&Tag| {
            let closed = tag.inner.end < tag.span.end;
            tag.inner.start as usize <= offset && offset < tag.span.end as usize + usize::from(!closed)
        };
        self.tags.iter().find(inside)
    }

    /// The word at an offset: a name, or a quoted one.
    pub fn word_at(&self, offset: usize) -> Option<Span> {
        let touches = |span: &Span| span.start as usize <= offset && offset <= span.end as usize;
        let mut found = None;
        for token in kinglet_parser::tokens(&self.masked) {
            use kinglet_parser::TokenKind as Lexeme;
            let is_word = matches!(token.kind, Lexeme::Word | Lexeme::QuotedIdentifier);
            if is_word && touches(&token.span) {
                found = Some(token.span);
            }
            if token.span.start as usize > offset {
                break;
            }
        }
        found
    }
}

/// The text in `table('text')`, when it is a constant.
fn constant_argument(code: &str) -> Option<&str> {
    let all = pieces(code);
    let text = all.iter().find(|piece| piece.kind == PieceKind::String)?.text(code);
    text.get(1..text.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_those_of_the_query() {
        let sql = "%\nSELECT {{ Int32(a) }}, b FROM {{ table('events') }} e WHERE {% if x %} b > 1 {% end %}";
        let analysis = Analysis::of(sql);
        assert_eq!(analysis.statements.len(), 1);
        let word = analysis.word_at(sql.find("b FROM").unwrap_or(0)).expect("a word");
        assert_eq!(word.text(sql), "b");
        assert!(analysis.tag_at(sql.find("Int32").unwrap_or(0)).is_some());
        assert!(analysis.tag_at(sql.find("b FROM").unwrap_or(0)).is_none());
    }
}
