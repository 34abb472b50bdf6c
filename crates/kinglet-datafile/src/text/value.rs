//! Values: quotes around them and environment variables inside them.

/// Removes one pair of quotes around a value. The two quotes need not be of one kind.
///
/// Answers `None` for an empty value, which directives that need one refuse.
pub(crate) fn unquote(value: &str) -> Option<&str> {
    let first = value.chars().next()?;
    let is_quote = |c: char| c == '"' || c == '\'';
    let inner = value.strip_prefix(is_quote).and_then(|rest| rest.strip_suffix(is_quote));
    Some(if is_quote(first) { inner.unwrap_or(value) } else { value })
}

/// Replaces `$NAME` and `${NAME}` by what `lookup` answers; unknown names stay, `$$` is a dollar.
pub(crate) fn expand(value: &str, lookup: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        let (before, from_dollar) = rest.split_at(at);
        out.push_str(before);
        let after = from_dollar.strip_prefix('$').unwrap_or("");
        let (replacement, consumed) = variable(after, lookup);
        out.push_str(&replacement);
        rest = after.get(consumed..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// The text that stands for the variable at the start of `after`, and its length in bytes.
fn variable(after: &str, lookup: &dyn Fn(&str) -> Option<String>) -> (String, usize) {
    if after.starts_with('$') {
        return ("$".to_owned(), 1);
    }
    let braced = after.strip_prefix('{');
    let body = braced.unwrap_or(after);
    let length = name_length(body);
    let name = body.get(..length).unwrap_or("");
    let closed = braced.is_none() || body.get(length..).is_some_and(|rest| rest.starts_with('}'));
    if name.is_empty() || !closed {
        return ("$".to_owned(), 0);
    }
    let consumed = length + if braced.is_some() { 2 } else { 0 };
    let literal = || format!("${}", after.get(..consumed).unwrap_or(""));
    (lookup(name).unwrap_or_else(literal), consumed)
}

fn name_length(text: &str) -> usize {
    let is_head = |b: u8| b == b'_' || b.is_ascii_alphabetic();
    let mut bytes = text.bytes();
    match bytes.next() {
        Some(head) if is_head(head) => 1 + bytes.take_while(|b| is_head(*b) || b.is_ascii_digit()).count(),
        _ => 0,
    }
}

/// A name as Python's `repr` shows it.
pub(crate) fn shown(name: &str) -> String {
    let quote = if name.contains('\'') && !name.contains('"') { '"' } else { '\'' };
    let inner = name.replace('\\', "\\\\");
    let inner = if quote == '\'' { inner.replace('\'', "\\'") } else { inner };
    format!("{quote}{inner}{quote}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pair_of_quotes() {
        assert_eq!(unquote("\"a\""), Some("a"));
        assert_eq!(unquote("'a\""), Some("a"));
        assert_eq!(unquote("a\""), Some("a\""));
        assert_eq!(unquote("\"\""), Some(""));
        assert_eq!(unquote("\""), Some("\""));
        assert_eq!(unquote(""), None);
    }

    #[test]
    fn variables() {
        let lookup = |name: &str| (name == "A").then(|| "x".to_owned());
        assert_eq!(expand("$A-${A}c$B ${B} $$ $ ${ $-", &lookup), "x-xc$B ${B} $ $ ${ $-");
    }
}
