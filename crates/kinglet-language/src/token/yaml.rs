//! Colours of a test file: keys, values and comments.

use super::{Token, TokenKind};

/// The tokens of a test file, line by line: texts under `|` and `>` are values, whatever they look like.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut start = 0;
    // How far the key is indented that a block of text stands under.
    let mut block: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let indent = line.len() - line.trim_start().len();
        let at = start + indent;
        start += line.len();
        if content.is_empty() {
            continue;
        }
        if block.is_some_and(|key| indent > key) {
            found.push(Token::new(at, at + content.len(), TokenKind::String));
            continue;
        }
        block = plain_line(content, at, indent, &mut found);
    }
    found
}

/// The tokens of a line outside blocks; the indentation of its key when a block starts on it.
fn plain_line(content: &str, at: usize, indent: usize, found: &mut Vec<Token>) -> Option<usize> {
    let mut rest = content;
    let mut at = at;
    let mut indent = indent;
    while let Some(after) = rest.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with(' '))
    {
        found.push(Token::new(at, at + 1, TokenKind::Punctuation));
        let moved = rest.len() - after.trim_start().len();
        (rest, at, indent) = (after.trim_start(), at + moved, indent + moved);
    }
    if rest.starts_with('#') {
        found.push(Token::new(at, at + rest.len(), TokenKind::Comment));
        return None;
    }
    let is_key =
        |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let (key, value) = rest
        .split_once(':')
        .filter(|(key, value)| is_key(key) && (value.is_empty() || value.starts_with(' ')))?;
    found.push(Token::new(at, at + key.len(), TokenKind::Directive));
    found.push(Token::new(at + key.len(), at + key.len() + 1, TokenKind::Punctuation));
    let start = at + rest.len() - value.trim_start().len();
    let value = value.trim_start();
    let (value, comment) = match value.find(" #").filter(|_| !value.starts_with(['"', '\''])) {
        Some(end) => value.split_at(end),
        None => (value, ""),
    };
    if !value.is_empty() {
        let is_number = value.trim_end().bytes().all(|byte| byte.is_ascii_digit());
        let kind = if is_number { TokenKind::Number } else { TokenKind::Value };
        found.push(Token::new(start, start + value.trim_end().len(), kind));
    }
    if !comment.is_empty() {
        found.push(Token::new(
            start + value.len() + 1,
            start + value.len() + comment.len(),
            TokenKind::Comment,
        ));
    }
    value.starts_with(['|', '>']).then_some(indent)
}
