//! Quoting of values and identifiers for SQL.

/// `text` with the characters escaped that end or change a quoted SQL string.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        push_escaped(&mut out, c);
    }
    out
}

fn push_escaped(out: &mut String, c: char) {
    let letter = match c {
        '\0' => '0',
        '\r' => 'r',
        '\n' => 'n',
        '\t' => 't',
        '\x08' => 'b',
        '\x1a' => 'z',
        '\'' | '"' | '\\' | '%' | '`' => c,
        _ => {
            out.push(c);
            return;
        }
    };
    out.push('\\');
    out.push(letter);
}

/// `text` as a SQL string.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", escaped(text))
}

/// `text` as it stands inside a quoted identifier: double quotes vanish.
pub(crate) fn escaped_identifier(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars().filter(|c| *c != '"') {
        push_escaped(&mut out, c);
    }
    out
}

/// `text` as one identifier in back-ticks.
pub(crate) fn back_ticked(text: &str) -> String {
    format!("`{}`", escaped_identifier(text))
}

/// Whether `text` is one or more plain words joined by dots, safe without quotes.
pub(crate) fn is_plain_identifier(text: &str) -> bool {
    text.split('.')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric()))
}

/// `text` without quotes where that is safe, otherwise as one identifier in back-ticks.
pub(crate) fn bare_identifier(text: &str) -> String {
    if text.is_empty() || is_plain_identifier(text) { text.to_owned() } else { back_ticked(text) }
}

/// Whether `text` names a function, perhaps with parameters: `sum`, `quantile(0.9)`.
pub(crate) fn is_function_name(text: &str) -> bool {
    let (name, parameters) = text.split_once('(').unwrap_or((text, ")"));
    let harmless =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b',' | b' ' | b'-');
    let inner = parameters.strip_suffix(')');
    is_plain_identifier(name)
        && !name.contains('.')
        && inner.is_some_and(|inner| inner.bytes().all(harmless) && !inner.contains("--"))
}

/// `text` on one line, for use in a SQL comment.
pub(crate) fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}');
    text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped_for_sql() {
        assert_eq!(quoted("a'b\"c\\d%e`f\ng\0"), "'a\\'b\\\"c\\\\d\\%e\\`f\\ng\\0'");
        assert_eq!(back_ticked("a\"b`c"), "`ab\\`c`");
    }

    #[test]
    fn only_plain_names_go_unquoted() {
        assert_eq!(bare_identifier("ws.prices"), "ws.prices");
        assert_eq!(bare_identifier("prices; DROP TABLE t"), "`prices; DROP TABLE t`");
        assert!(is_function_name("quantile(0.9)") && is_function_name("sum"));
        assert!(!is_function_name("sum(x), max") && !is_function_name("f(1) FROM secrets --"));
    }
}
