//! Texts as UTF-8 characters, where broken bytes stand for themselves.

/// The pieces of a text that are one character each; a byte that begins none is a piece of its own.
pub(in crate::function) fn characters(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = *rest.first()?;
        let width = match first {
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf7 => 4,
            _ => 1,
        };
        let (head, tail) = rest.split_at(width.min(rest.len()));
        rest = tail;
        Some(head)
    })
}

/// Number of characters, counted as ClickHouse does: bytes that do not continue one.
pub(in crate::function) fn count(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The text with letters in lower case by Unicode; broken bytes stay.
pub(in crate::function) fn lower(text: &[u8]) -> Vec<u8> {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = Vec::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for letter in chunk.valid().chars() {
            out.extend(letter.to_lowercase().to_string().into_bytes());
        }
        out.extend_from_slice(chunk.invalid());
    }
    out
}
