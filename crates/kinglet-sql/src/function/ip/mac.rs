//! MAC addresses.

/// The number of bytes in hexadecimal digits with one character between them.
pub(super) fn parse(text: &[u8], bytes: usize) -> Option<i64> {
    if text.len() != bytes * 3 - 1 {
        return None;
    }
    // What is no digit has all bits set, as in ClickHouse.
    let digit = |byte: &u8| char::from(*byte).to_digit(16).map_or(0xFF, i64::from);
    let mut number = 0;
    for pair in text.chunks(3) {
        let (high, low) = (digit(pair.first()?), digit(pair.get(1)?));
        number = number << 8 | high << 4 | low;
    }
    Some(number)
}
