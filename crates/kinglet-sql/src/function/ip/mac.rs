//! MAC addresses.

/// The number of bytes in hexadecimal digits with one character between them.
pub(super) fn parse(text: &[u8], bytes: usize) -> Option<i64> {
    if text.len() != bytes * 3 - 1 {
        return None;
    }
    let mut number = 0;
    for pair in text.chunks(3) {
        let digits = std::str::from_utf8(pair.get(..2)?).ok()?;
        number = number << 8 | i64::from(u8::from_str_radix(digits, 16).ok()?);
    }
    Some(number)
}
