//! Tokens of SQL with template tags.

use kinglet_diagnostic::Span;

/// A token; white space and comments are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, or a name in backticks or double quotes (`quoted`).
    Name { text: String, quoted: bool },
    /// A string.
    Text,
    /// A number.
    Number,
    /// A `{{ … }}` tag, with the text inside.
    Output(String),
    /// A `{% … %}` tag, with the text inside.
    Tag(String),
    /// Anything else, one character.
    Symbol(char),
}

/// Splits a query into tokens. Unclosed quotes, comments and tags end with the text.
pub(super) fn tokens(sql: &str) -> Vec<(Token, Span)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = sql.get(at..).filter(|rest| !rest.is_empty()) {
        let (token, length) = next(rest);
        if let Some(token) = token {
            found.push((token, Span::new(at, at + length)));
        }
        at += length.max(1);
        while !sql.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

fn next(rest: &str) -> (Option<Token>, usize) {
    let Some(first) = rest.chars().next() else { return (None, 0) };
    let until = |end: &str, from: usize| {
        rest.get(from..).and_then(|r| r.find(end)).map_or(rest.len(), |at| from + at + end.len())
    };
    if first.is_whitespace() {
        return (None, first.len_utf8());
    }
    for (open, close) in [("--", "\n"), ("/*", "*/"), ("{#", "#}")] {
        if rest.starts_with(open) {
            return (None, until(close, 2));
        }
    }
    if rest.starts_with("{{") {
        let length = until("}}", 2);
        let inner = rest.get(2..length).unwrap_or("").trim_end_matches("}}").trim().to_owned();
        return (Some(Token::Output(inner)), length);
    }
    if rest.starts_with("{%") {
        let length = until("%}", 2);
        let inner = rest.get(2..length).unwrap_or("").trim_end_matches("%}").trim().to_owned();
        return (Some(Token::Tag(inner)), length);
    }
    match first {
        '\'' => (Some(Token::Text), quoted_length(rest, '\'')),
        '`' | '"' => {
            let length = quoted_length(rest, first);
            let text = rest.get(1..length.saturating_sub(1)).unwrap_or("").to_owned();
            (Some(Token::Name { text, quoted: true }), length)
        }
        c if c.is_alphabetic() || c == '_' => {
            let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let text = rest.get(..length).unwrap_or("").to_owned();
            (Some(Token::Name { text, quoted: false }), length)
        }
        c if c.is_ascii_digit() => {
            let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            (Some(Token::Number), length)
        }
        c => (Some(Token::Symbol(c)), c.len_utf8()),
    }
}

/// Length of a quoted text with its quotes; a backslash keeps the next character.
fn quoted_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}
