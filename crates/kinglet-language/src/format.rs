//! The normal layout of a text, and the way there in small edits.

use kinglet_diagnostic::Span;
use kinglet_project::{TextEdit, format_file, format_query};

use crate::document::{Document, Kind};

/// A text in its normal layout.
///
/// # Errors
/// Why it stays as it is.
pub fn formatted(document: &Document<'_>) -> Result<String, String> {
    match document.kind() {
        Kind::Query => format_query(document.text).ok_or_else(|| {
            "The query has errors, or its template tags stand where they cannot be moved.".to_owned()
        }),
        Kind::Datafile(_) | Kind::Test | Kind::Other => match format_file(document.path, document.text) {
            Ok(Some(text)) => Ok(text),
            Ok(None) => Err("Files of this kind have no layout of their own.".to_owned()),
            Err(message) => Err(message),
        },
    }
}

/// Edits from one text to the other that leave alone what both have: where they differ in white space
/// alone, each run of it is an edit of its own; otherwise the part between is one.
pub fn edits(before: &str, after: &str) -> Vec<TextEdit> {
    let mut out = Vec::new();
    let (mut left, mut right) = (Cursor::new(before), Cursor::new(after));
    loop {
        let (from, to) = (left.space(), right.space());
        if from.text(before) != to.text(after) {
            out.push(TextEdit { span: from, text: to.text(after).to_owned() });
        }
        let (a, b) = (left.word(), right.word());
        if a.is_empty() && b.is_empty() {
            return out;
        }
        if a.text(before) != b.text(after) {
            let (a, b) = (a.start as usize, b.start as usize);
            out.push(rest(before, after, a, b));
            return out;
        }
    }
}

/// One edit from there on, without what both texts end in.
fn rest(before: &str, after: &str, left: usize, right: usize) -> TextEdit {
    let (old, new) = (before.get(left..).unwrap_or(""), after.get(right..).unwrap_or(""));
    let same = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
    let same: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let kept = new.get(..new.len() - same).unwrap_or(new);
    TextEdit { span: Span::new(left, before.len() - same), text: kept.to_owned() }
}

/// Runs of white space and of anything else.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn space(&mut self) -> Span {
        self.run(|c| !c.is_whitespace())
    }

    fn word(&mut self) -> Span {
        self.run(char::is_whitespace)
    }

    fn run(&mut self, ends: impl Fn(char) -> bool) -> Span {
        let rest = self.text.get(self.at..).unwrap_or("");
        let length = rest.find(ends).unwrap_or(rest.len());
        let span = Span::new(self.at, self.at + length);
        self.at += length;
        span
    }
}

#[cfg(test)]
mod tests {
    use kinglet_project::apply_edits;

    use super::*;

    #[test]
    fn edits_lead_from_one_text_to_the_other() {
        for (before, after, count) in [
            ("select a,  b from t", "select a,\n    b from t\n", 2),
            ("a", "a", 0),
            ("", "a\n", 1),
            ("a b é c", "a b ü c", 1),
            ("x(a,b)", "x(a, b)", 1),
            ("b\na\n", "a\nb\n", 1),
        ] {
            let found = edits(before, after);
            assert_eq!(apply_edits(before, &found), after);
            assert_eq!(found.len(), count, "{before:?}");
        }
    }
}
