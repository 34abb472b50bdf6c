//! Keywords that end the type or the default of a column.

use super::scanner::Scanner;

/// What may follow the name of a column besides its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Default,
    Codec,
    Jsonpath,
    Materialized,
    Alias,
    Ttl,
    Null,
    NotNull,
}

const WORDS: [(&str, Keyword); 6] = [
    ("DEFAULT", Keyword::Default),
    ("CODEC", Keyword::Codec),
    ("MATERIALIZED", Keyword::Materialized),
    ("ALIAS", Keyword::Alias),
    ("TTL", Keyword::Ttl),
    ("NULL", Keyword::Null),
];

/// A keyword found ahead of the scanner.
pub(super) struct Found {
    pub(super) keyword: Keyword,
    /// Characters of white space before it.
    pub(super) spaces: usize,
    /// Characters of the keyword itself.
    pub(super) length: usize,
}

/// The keyword after the white space at the scanner's position, if any.
///
/// Inside an expression (`in_value`), `NULL` is a value and no keyword.
pub(super) fn ahead(scanner: &Scanner, in_value: bool) -> Option<Found> {
    let mut spaces = 0;
    while scanner.peek_at(spaces).is_some_and(char::is_whitespace) {
        spaces += 1;
    }
    if spaces == 0 {
        return None;
    }
    let found = |keyword, length| Some(Found { keyword, spaces, length });
    if matches(scanner, spaces, "`JSON:") {
        return found(Keyword::Jsonpath, "`JSON:".len());
    }
    for (word, keyword) in WORDS {
        if in_value && keyword == Keyword::Null {
            continue;
        }
        if matches(scanner, spaces, word) && ends_word(scanner, spaces + word.len()) {
            return found(keyword, word.len());
        }
    }
    if matches(scanner, spaces, "NOT") {
        let mut length = "NOT".len();
        while scanner.peek_at(spaces + length).is_some_and(char::is_whitespace) {
            length += 1;
        }
        let gap = length > "NOT".len();
        if gap && matches(scanner, spaces + length, "NULL") && ends_word(scanner, spaces + length + 4) {
            return found(Keyword::NotNull, length + 4);
        }
    }
    None
}

fn matches(scanner: &Scanner, ahead: usize, word: &str) -> bool {
    word.chars()
        .enumerate()
        .all(|(at, c)| scanner.peek_at(ahead + at).is_some_and(|found| found.eq_ignore_ascii_case(&c)))
}

fn ends_word(scanner: &Scanner, ahead: usize) -> bool {
    !scanner.peek_at(ahead).is_some_and(|c| c.is_alphanumeric() || c == '_')
}
