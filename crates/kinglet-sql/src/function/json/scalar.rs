//! JSON values as numbers and texts.

use crate::text::{Cursor, parse_float, read_json_string, write_f64};

use super::locate::each;

/// A number, or a text that holds one, as a float.
pub(super) fn float(value: &[u8]) -> Option<f64> {
    match value.first()? {
        b'"' => parse_float(&text(value)?),
        b't' => Some(1.0),
        b'f' => Some(0.0),
        b'-' | b'0'..=b'9' => parse_float(value),
        _ => None,
    }
}

/// A number, or a text that holds one, as a whole number; a fraction is cut off.
pub(super) fn int(value: &[u8]) -> Option<i128> {
    let owned;
    let digits = match value.first()? {
        b'"' => {
            owned = text(value)?;
            owned.as_slice()
        }
        b't' => return Some(1),
        b'f' => return Some(0),
        b'-' | b'0'..=b'9' => value,
        _ => return None,
    };
    if let Some(whole) = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<i128>().ok()) {
        return Some(whole);
    }
    parse_float(digits).filter(|number| number.is_finite()).map(|number| number as i128)
}

/// The content of a JSON string.
pub(super) fn text(value: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    read_json_string(&mut Cursor::new(value), &mut out)?;
    Some(out)
}

/// Appends a value without white space, numbers in their shortest form, as ClickHouse prints it.
pub(super) fn write_compact(value: &[u8], out: &mut Vec<u8>) {
    match value.first() {
        Some(open @ (b'{' | b'[')) => {
            out.push(*open);
            let start = out.len();
            let _ = each(value, |key, member| {
                if out.len() > start {
                    out.push(b',');
                }
                if let Some(key) = key {
                    write_text(&key, out);
                    out.push(b':');
                }
                write_compact(member, out);
                true
            });
            out.push(if *open == b'{' { b'}' } else { b']' });
        }
        Some(b'"') => write_text(&text(value).unwrap_or_default(), out),
        Some(b'-' | b'0'..=b'9') => write_number(value, out),
        _ => out.extend_from_slice(value),
    }
}

fn write_number(value: &[u8], out: &mut Vec<u8>) {
    if value == b"-0" {
        return out.push(b'0');
    }
    if value.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-') {
        let number = std::str::from_utf8(value).ok().and_then(|text| text.parse::<i128>().ok());
        if number.is_some_and(|number| (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(&number)) {
            return out.extend_from_slice(value);
        }
        // Numbers past 64 bits are kept as texts.
        return write_text(value, out);
    }
    match parse_float(value) {
        Some(number) => write_f64(number, out),
        None => out.extend_from_slice(value),
    }
}

/// Appends a JSON string. Unlike in output formats, a slash stays as it is.
pub(super) fn write_text(text: &[u8], out: &mut Vec<u8>) {
    let mut escaped = Vec::new();
    crate::text::write_json_string(text, &mut escaped);
    let mut bytes = escaped.into_iter().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek()) {
            (b'\\', Some(b'/')) => {}
            (b'\\', Some(_)) => {
                out.push(byte);
                out.extend(bytes.next());
            }
            _ => out.push(byte),
        }
    }
}
