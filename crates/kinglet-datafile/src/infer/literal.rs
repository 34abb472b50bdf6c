//! Bracketed lists of literals, as CSV files hold arrays: `[1, 2]`, `['a', "b"]`.

/// An element of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Integer,
    Float,
    Text,
}

impl Item {
    pub(super) fn is_integer(&self) -> bool {
        *self == Self::Integer
    }

    pub(super) fn is_float(&self) -> bool {
        *self == Self::Float
    }

    pub(super) fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

/// The kinds of the elements of a list, or `None` when the text is no list of literals.
pub(super) fn list(text: &str) -> Option<Vec<Item>> {
    let inner = text.strip_prefix('[')?.trim_end().strip_suffix(']')?;
    let mut rest = inner.trim();
    let mut items = Vec::new();
    while !rest.is_empty() {
        let (item, after) = item(rest)?;
        items.push(item);
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if after.is_empty() => after,
            None => return None,
        };
    }
    Some(items)
}

fn item(text: &str) -> Option<(Item, &str)> {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '\'' | '"')) {
        return Some((Item::Text, after_quoted(text, quote)?));
    }
    let length = text.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(text.len());
    let (word, rest) = text.split_at(length);
    Some((scalar(word)?, rest))
}

fn after_quoted(text: &str, quote: char) -> Option<&str> {
    let mut chars = text.chars();
    chars.next();
    let mut escaped = false;
    for c in chars.by_ref() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(chars.as_str()),
            _ => {}
        }
    }
    None
}

fn scalar(word: &str) -> Option<Item> {
    if matches!(word, "True" | "False") {
        return Some(Item::Integer);
    }
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Item::Integer);
    }
    let fits = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'));
    (fits && word.parse::<f64>().is_ok()).then_some(Item::Float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        assert_eq!(list("[1, -2,]"), Some(vec![Item::Integer, Item::Integer]));
        assert_eq!(list("['it\\'s', \"b\"] "), Some(vec![Item::Text, Item::Text]));
        assert_eq!(list("[1.5, 2e3]"), Some(vec![Item::Float, Item::Float]));
        assert_eq!(list("[]"), Some(vec![]));
        for text in ["[a]", "[1+1]", "[--1]", "(1)", "[[1]]", "[1", "[,]", " [1]"] {
            assert_eq!(list(text), None, "{text}");
        }
    }
}
