//! Fields of JSON texts found by scanning for their names.

use crate::text::{Cursor, parse_float, read_json_string};

/// What follows the first `"name":`.
pub(super) fn field<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let needle = [b"\"", name, b"\":"].concat();
    let at = memchr::memmem::find(text, &needle)?;
    text.get(at + needle.len()..)
}

/// The number at the beginning, which may be quoted.
fn digits(value: &[u8]) -> &[u8] {
    let value = value.strip_prefix(b"\"").unwrap_or(value);
    let end = value.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    &value[..end.unwrap_or(value.len())]
}

/// A signed number; a fraction is cut off.
pub(super) fn int(value: &[u8]) -> i64 {
    let digits = digits(value);
    let (negative, digits) = match digits.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, digits.strip_prefix(b"+").unwrap_or(digits)),
    };
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
    let number =
        digits.fold(0_i64, |number, digit| number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0')));
    if negative { number.wrapping_neg() } else { number }
}

/// An unsigned number; 0 for a negative one.
pub(super) fn uint(value: &[u8]) -> i64 {
    if digits(value).starts_with(b"-") { 0 } else { int(value) }
}

/// Whether the value is true.
pub(super) fn flag(value: &[u8]) -> i64 {
    value.starts_with(b"true").into()
}

/// A number.
pub(super) fn float(value: &[u8]) -> f64 {
    let digits = digits(value);
    (1..=digits.len()).rev().find_map(|end| parse_float(&digits[..end])).unwrap_or(0.0)
}

/// Appends the value as it is written, up to the comma or bracket that ends it.
pub(super) fn raw(value: &[u8], out: &mut Vec<u8>) {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in value {
        if escaped {
            escaped = false;
        } else if quoted {
            match byte {
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => quoted = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => return,
                _ => {}
            }
        }
        out.push(*byte);
    }
}

/// Appends the decoded text.
pub(super) fn string(value: &[u8], out: &mut Vec<u8>) {
    if !value.starts_with(b"\"") || read_json_string(&mut Cursor::new(value), out).is_none() {
        out.clear();
    }
}
