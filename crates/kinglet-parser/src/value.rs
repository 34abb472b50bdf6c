//! Values of literals: numbers, strings, identifiers.

use kinglet_types::parse_float;

use crate::ast::Value;

/// The value of a number as written, with the sign apart. `None` when it is no number.
///
/// Whole numbers that fit are integers; everything else is a float, as in ClickHouse.
pub(crate) fn number(text: &str, negative: bool) -> Option<Value> {
    let clean: String = text.chars().filter(|c| *c != '_').collect();
    let lower = clean.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix("0b") {
        return u64::from_str_radix(digits, 2).ok().and_then(|value| signed(value, negative));
    }
    if let Some(digits) = lower.strip_prefix("0x") {
        if let Ok(value) = u64::from_str_radix(digits, 16)
            && let Some(value) = signed(value, negative)
        {
            return Some(value);
        }
        return hex_float(digits).map(|value| float(value, negative));
    }
    if lower.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(value) = lower.parse::<u64>()
        && let Some(value) = signed(value, negative)
    {
        return Some(value);
    }
    let value = match lower.as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => parse_float(&lower).filter(|value| value.is_finite())?,
    };
    Some(float(value, negative))
}

fn float(value: f64, negative: bool) -> Value {
    Value::Float64(if negative { -value } else { value })
}

fn signed(value: u64, negative: bool) -> Option<Value> {
    match (negative, value) {
        (false, value) => Some(Value::UInt64(value)),
        (true, value) if value <= 1 << 63 => Some(Value::Int64((value as i64).wrapping_neg())),
        (true, _) => None,
    }
}

/// The value of the C99 form `1.8p3` (after `0x`).
fn hex_float(digits: &str) -> Option<f64> {
    let (mantissa, exponent) = digits.split_once('p').unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut value = 0f64;
    for c in whole.chars() {
        value = value * 16.0 + f64::from(c.to_digit(16)?);
    }
    let mut scale = 1.0 / 16.0;
    for c in fraction.chars() {
        value += f64::from(c.to_digit(16)?) * scale;
        scale /= 16.0;
    }
    let value = value * 2f64.powi(exponent.parse::<i32>().ok()?);
    value.is_finite().then_some(value)
}

/// The bytes of a string token: quoted, hexadecimal, binary or a here document.
pub(crate) fn string(text: &str) -> Vec<u8> {
    let inner = |open: usize, close: usize| text.get(open..text.len().saturating_sub(close)).unwrap_or("");
    match text.as_bytes() {
        [b'x' | b'X', b'\'', ..] => hex_bytes(inner(2, 1)),
        [b'b' | b'B', b'\'', ..] => binary_bytes(inner(2, 1)),
        [b'$', ..] => {
            let tag = text.get(1..).and_then(|rest| rest.find('$')).map_or(1, |length| length + 2);
            inner(tag, tag).as_bytes().to_vec()
        }
        [b'\'', ..] => unescape(inner(1, 1), b'\''),
        _ => inner('‘'.len_utf8(), '’'.len_utf8()).as_bytes().to_vec(),
    }
}

/// The name of a quoted identifier token; bytes that are no UTF-8 are replaced.
pub(crate) fn identifier(text: &str) -> String {
    let inner = |open: usize, close: usize| text.get(open..text.len().saturating_sub(close)).unwrap_or("");
    let bytes = match text.as_bytes() {
        [quote @ (b'`' | b'"'), ..] => unescape(inner(1, 1), *quote),
        _ => inner('“'.len_utf8(), '”'.len_utf8()).as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_bytes(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.chars().filter_map(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
    let odd = digits.len() % 2;
    let (first, rest) = digits.split_at(odd);
    let mut bytes = first.to_vec();
    bytes.extend(rest.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)));
    bytes
}

fn binary_bytes(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().map(|byte| byte & 1).collect();
    let odd = digits.len() % 8;
    let (first, rest) = digits.split_at(odd);
    let fold = |bits: &[u8]| bits.iter().fold(0u8, |byte, bit| byte << 1 | bit);
    let mut bytes: Vec<u8> = if first.is_empty() { Vec::new() } else { vec![fold(first)] };
    bytes.extend(rest.chunks(8).map(fold));
    bytes
}

/// Applies ClickHouse's escapes. An unknown escape keeps its backslash (`'\d'` is two characters).
fn unescape(text: &str, quote: u8) -> Vec<u8> {
    let mut bytes = text.bytes().peekable();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == quote {
            bytes.next();
            out.push(quote);
            continue;
        }
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(escaped) = bytes.next() else { break };
        match escaped {
            b'a' => out.push(0x07),
            b'b' => out.push(0x08),
            b'e' => out.push(0x1B),
            b'f' => out.push(0x0C),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'v' => out.push(0x0B),
            b'0' => out.push(0),
            b'N' => {}
            b'x' => out.push(hex_digit(bytes.next()) << 4 | hex_digit(bytes.next())),
            b'\\' | b'\'' | b'"' | b'`' | b'/' | b'=' => out.push(escaped),
            other => out.extend([b'\\', other]),
        }
    }
    out
}

fn hex_digit(byte: Option<u8>) -> u8 {
    byte.and_then(|byte| char::from(byte).to_digit(16)).map_or(0, |digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_typed_as_clickhouse_types_them() {
        assert_eq!(number("18446744073709551615", false), Some(Value::UInt64(u64::MAX)));
        assert_eq!(number("18446744073709551616", false), Some(Value::Float64(18446744073709551616.0)));
        assert_eq!(number("9223372036854775808", true), Some(Value::Int64(i64::MIN)));
        assert_eq!(number("0x1p3", false), Some(Value::Float64(8.0)));
        assert_eq!(number("0xFF", true), Some(Value::Int64(-255)));
        assert_eq!(number("1_000", false), Some(Value::UInt64(1000)));
        assert_eq!(number("abc", false), None);
    }

    #[test]
    fn unknown_escapes_keep_their_backslash() {
        assert_eq!(string(r"'\d\n\\\'\x41'''"), b"\\d\n\\'A'");
        assert_eq!(string("x'4142'"), b"AB");
        assert_eq!(string("b'101'"), [5]);
        assert_eq!(string("$t$a'b$t$"), b"a'b");
        assert_eq!(identifier("`a``b\\`c`"), "a`b`c");
    }
}
