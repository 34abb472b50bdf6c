//! Sorting keys: splitting one into expressions.

/// The expressions of `a, f(b, c)` or `tuple(a, b)` or `(a, b)`; none for `tuple()`.
pub(super) fn expressions(key: &str) -> Vec<String> {
    let key = key.trim();
    let inner = key
        .strip_prefix("tuple(")
        .or_else(|| key.strip_prefix('('))
        .and_then(|rest| rest.strip_suffix(')'))
        .filter(|inner| is_balanced(inner))
        .unwrap_or(key);
    split_at_commas(inner)
}

fn is_balanced(text: &str) -> bool {
    let mut depth = 0i32;
    for c in text.chars() {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

fn split_at_commas(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut depth, mut quote) = (0i32, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '`' | '"') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    let trimmed = parts.iter().map(|part| part.trim().trim_matches('`').to_owned());
    trimmed.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_split_at_their_own_commas() {
        for (key, expected) in [
            ("a, b", vec!["a", "b"]),
            ("tuple()", vec![]),
            ("(a, toDate(b, 'x,y'))", vec!["a", "toDate(b, 'x,y')"]),
            ("tuple(`a`, b)", vec!["a", "b"]),
            ("f(a), g(b)", vec!["f(a)", "g(b)"]),
            ("(a), (b)", vec!["(a)", "(b)"]),
        ] {
            assert_eq!(expressions(key), expected, "{key}");
        }
    }
}
