//! The words of a template tag.

use kinglet_diagnostic::Span;

/// What a word of a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    String,
    Number,
    /// `None`, `True`, `False`.
    Constant,
    /// `if`, `end` and the like.
    Keyword,
    Name,
    /// Anything else: one sign, or a comparison of two.
    Sign,
}

/// A word of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// What it is.
    pub(crate) kind: PieceKind,
    /// Where it is in the tag.
    pub(crate) span: Span,
}

impl Piece {
    /// Its text.
    pub(crate) fn text<'a>(&self, code: &'a str) -> &'a str {
        self.span.text(code)
    }
}

/// Words of the template language and of Python's expressions.
pub(crate) const KEYWORDS: [&str; 21] = [
    "if",
    "elif",
    "else",
    "end",
    "for",
    "in",
    "set",
    "not",
    "and",
    "or",
    "is",
    "lambda",
    "break",
    "continue",
    "while",
    "try",
    "except",
    "finally",
    "comment",
    "whitespace",
    "as",
];

/// Splits the code of a tag into words, whatever it holds. White space is left out.
pub(crate) fn pieces(code: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = code.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        let (kind, length) = next(rest, first);
        if let Some(kind) = kind {
            found.push(Piece { kind, span: Span::new(at, at + length) });
        }
        at += length;
    }
    found
}

fn next(rest: &str, first: char) -> (Option<PieceKind>, usize) {
    let while_word =
        |rest: &str| rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    match first {
        c if c.is_whitespace() => (None, c.len_utf8()),
        '\'' | '"' => (Some(PieceKind::String), quoted(rest, first)),
        c if c.is_ascii_digit() => {
            let end =
                rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(rest.len());
            (Some(PieceKind::Number), end)
        }
        c if c.is_alphabetic() || c == '_' => {
            let length = while_word(rest);
            let word = rest.get(..length).unwrap_or("");
            let kind = match word {
                "None" | "True" | "False" => PieceKind::Constant,
                _ if KEYWORDS.contains(&word) => PieceKind::Keyword,
                _ => PieceKind::Name,
            };
            (Some(kind), length)
        }
        c => {
            let double = ["==", "!=", "<=", ">=", "**", "//"].iter().any(|sign| rest.starts_with(sign));
            (Some(PieceKind::Sign), if double { 2 } else { c.len_utf8() })
        }
    }
}

/// Length of a quoted text with its quotes; three quotes open a long one. Unclosed, it ends with the code.
fn quoted(rest: &str, quote: char) -> usize {
    let long = if quote == '"' { "\"\"\"" } else { "'''" };
    if let Some(body) = rest.strip_prefix(long) {
        return body.find(long).map_or(rest.len(), |at| at + 6);
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_code_has_words() {
        let code = "if not defined(é_1) and x != 'a\\'b' or y >= 1.5 %";
        let words: Vec<&str> = pieces(code).iter().map(|piece| piece.text(code)).collect();
        assert_eq!(
            words,
            [
                "if", "not", "defined", "(", "é_1", ")", "and", "x", "!=", "'a\\'b'", "or", "y", ">=", "1.5",
                "%"
            ]
        );
        assert_eq!(pieces("'open").len(), 1);
    }
}
