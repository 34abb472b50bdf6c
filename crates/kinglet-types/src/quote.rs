//! Quoting of names and texts as ClickHouse prints them.

use std::fmt::Write;

/// `'text'` with backslash escapes.
pub fn quote_string(text: &str) -> String {
    quoted(text, '\'')
}

/// Words that are no plain identifiers.
const RESERVED: &[&str] = &["all", "distinct", "false", "from", "null", "select", "table", "true", "values"];

/// The name as it stands if it is a plain identifier, else in backticks.
pub fn quote_identifier(name: &str) -> String {
    let plain = name
        .bytes()
        .enumerate()
        .all(|(at, byte)| byte == b'_' || byte.is_ascii_alphabetic() || (at > 0 && byte.is_ascii_digit()));
    if plain && !name.is_empty() && !RESERVED.iter().any(|word| name.eq_ignore_ascii_case(word)) {
        name.to_owned()
    } else {
        quoted(name, '`')
    }
}

fn quoted(text: &str, quote: char) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c == quote => {
                let _ = write!(out, "\\{c}");
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}
