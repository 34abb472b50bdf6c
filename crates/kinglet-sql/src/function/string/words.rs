//! Texts as words: runs of letters and digits, and of everything beyond ASCII.

/// Whether a byte belongs to a word.
pub(in crate::function) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The words of a text.
pub(in crate::function) fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| !is_word(*byte)).filter(|word| !word.is_empty())
}
