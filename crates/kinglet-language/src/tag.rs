//! Template tags in a query, and the query with something harmless in their place.

use kinglet_diagnostic::Span;

use crate::document::blanked;

/// What a tag is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `{{ … }}`
    Output,
    /// `{% … %}`
    Statement,
    /// `{# … #}`
    Comment,
}

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What it is for.
    pub kind: TagKind,
    /// The tag with its braces.
    pub span: Span,
    /// What stands between the braces.
    pub inner: Span,
}

/// The tags of a query, in order. A tag that is not closed ends with its line.
pub fn tags(sql: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = sql.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + next;
        let rest = sql.get(start..).unwrap_or("");
        let (kind, close) = match rest.as_bytes().get(1) {
            // Of three braces the inner pair counts, and `{{!` is a text.
            Some(b'{') if !matches!(rest.as_bytes().get(2), Some(b'{' | b'!')) => (TagKind::Output, "}}"),
            Some(b'%') => (TagKind::Statement, "%}"),
            Some(b'#') => (TagKind::Comment, "#}"),
            _ => {
                at = start + 1;
                continue;
            }
        };
        let body = rest.get(2..).unwrap_or("");
        let (length, closed) = match body.find(close) {
            Some(length) => (length, 2),
            None => (body.find('\n').unwrap_or(body.len()), 0),
        };
        let inner = Span::new(start + 2, start + 2 + length);
        at = start + 2 + length + closed;
        found.push(Tag { kind, span: Span::new(start, at), inner });
    }
    found
}

/// Whether a query is a template.
pub fn is_template(sql: &str) -> bool {
    sql.trim_start().starts_with('%')
}

/// A query of the same length that the SQL parser can read: each `{{ … }}` is a name of underscores,
/// the other tags and the leading `%` are blank.
pub fn masked(sql: &str, tags: &[Tag]) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut at = 0;
    if let Some(percent) = sql.find('%').filter(|_| is_template(sql)) {
        out.push_str(sql.get(..percent).unwrap_or(""));
        out.push(' ');
        at = percent + 1;
    }
    for tag in tags {
        let range = tag.span.range();
        out.push_str(sql.get(at..range.start).unwrap_or(""));
        match tag.kind {
            TagKind::Output => out.extend(std::iter::repeat_n('_', range.len())),
            TagKind::Statement | TagKind::Comment => out.push_str(&blanked(tag.span.text(sql))),
        }
        at = range.end;
    }
    out.push_str(sql.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masking_keeps_length_and_lines() {
        let sql = "%\nSELECT {{ Int32(é) }} {% if a\n %}x{# {{ b }} #}{{{c}}} {{! } {{ open\nFROM t";
        let found = tags(sql);
        let texts: Vec<&str> = found.iter().map(|tag| tag.inner.text(sql)).collect();
        assert_eq!(texts, [" Int32(é) ", " if a\n ", " {{ b }} ", "c", " open"]);
        let masked = masked(sql, &found);
        assert_eq!(masked.len(), sql.len());
        assert_eq!(masked.matches('\n').count(), sql.matches('\n').count());
        assert!(masked.ends_with("\nFROM t") && masked.starts_with(" \nSELECT ___"));
    }
}
