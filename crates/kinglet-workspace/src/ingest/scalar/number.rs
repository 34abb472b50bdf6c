//! Integers up to 64 bits, floats, enumerations.

use super::{Encoder, put, trimmed, zeroed};
use kinglet_types::{ChType, EnumValues};
use std::sync::Arc;

pub(super) fn encoder(ty: &ChType) -> Option<(Encoder, Vec<u8>)> {
    Some(match ty {
        ChType::Int8 => signed(1, i64::from(i8::MIN), i64::from(i8::MAX)),
        ChType::Int16 => signed(2, i64::from(i16::MIN), i64::from(i16::MAX)),
        ChType::Int32 => signed(4, i64::from(i32::MIN), i64::from(i32::MAX)),
        ChType::Int64 => signed(8, i64::MIN, i64::MAX),
        ChType::UInt8 => zeroed(1, |text, out| {
            let value = unsigned_or_bool(text)?;
            put(out, &[u8::try_from(value).ok()?])
        }),
        ChType::UInt16 => unsigned(2, u64::from(u16::MAX)),
        ChType::UInt32 => unsigned(4, u64::from(u32::MAX)),
        ChType::UInt64 => unsigned(8, u64::MAX),
        ChType::Float32 => zeroed(4, |text, out| put(out, &float32(text)?.to_le_bytes())),
        ChType::Float64 => zeroed(8, |text, out| put(out, &float64(text)?.to_le_bytes())),
        ChType::Enum8(values) => enumeration(values, 1),
        ChType::Enum16(values) => enumeration(values, 2),
        _ => return None,
    })
}

fn signed(width: usize, min: i64, max: i64) -> (Encoder, Vec<u8>) {
    zeroed(width, move |text, out| {
        let value = parse_signed(trimmed(text))?;
        if value < min || value > max {
            return None;
        }
        put(out, value.to_le_bytes().get(..width)?)
    })
}

fn unsigned(width: usize, max: u64) -> (Encoder, Vec<u8>) {
    zeroed(width, move |text, out| {
        let value = parse_unsigned(trimmed(text))?;
        if value > max {
            return None;
        }
        put(out, value.to_le_bytes().get(..width)?)
    })
}

fn enumeration(values: &Arc<EnumValues>, width: usize) -> (Encoder, Vec<u8>) {
    let default = values.default_number().to_le_bytes();
    let default = default.into_iter().take(width).collect();
    let values = values.clone();
    let encode: Encoder = Box::new(move |text, out| {
        let by_name = values.number(text);
        let number = by_name.or_else(|| {
            let number = i16::try_from(parse_signed(text)?).ok()?;
            values.name(number).map(|_| number)
        })?;
        put(out, number.to_le_bytes().get(..width)?)
    });
    (encode, default)
}

/// Decimal digits, at least one; `None` past 64 bits.
pub(super) fn parse_unsigned(text: &[u8]) -> Option<u64> {
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    if digits.is_empty() {
        return None;
    }
    let mut value: u64 = 0;
    if digits.len() <= 19 {
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        }
        return Some(value);
    }
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(u64::from(digit))?;
    }
    Some(value)
}

/// Decimal digits with an optional sign; `None` past 64 bits.
pub(super) fn parse_signed(text: &[u8]) -> Option<i64> {
    match text.strip_prefix(b"-") {
        Some(rest) if !rest.starts_with(b"+") => 0i64.checked_sub_unsigned(parse_unsigned(rest)?),
        Some(_) => None,
        None => i64::try_from(parse_unsigned(text)?).ok(),
    }
}

/// UInt8 doubles as a truth value: JSON's `true` and `false` are 1 and 0.
fn unsigned_or_bool(text: &[u8]) -> Option<u64> {
    match text {
        b"true" | b"True" => Some(1),
        b"false" | b"False" => Some(0),
        _ => parse_unsigned(trimmed(text)),
    }
}

fn float64(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(trimmed(text)).ok()?.parse().ok()
}

fn float32(text: &[u8]) -> Option<f32> {
    std::str::from_utf8(trimmed(text)).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_64_bits() {
        assert_eq!(parse_signed(b"-9223372036854775808"), Some(i64::MIN));
        assert_eq!(parse_signed(b"-9223372036854775809"), None);
        assert_eq!(parse_signed(b"9223372036854775808"), None);
        assert_eq!(parse_unsigned(b"18446744073709551615"), Some(u64::MAX));
        assert_eq!(parse_unsigned(b"18446744073709551616"), None);
        assert_eq!(parse_unsigned(b"00000000000000000000001"), Some(1));
        for bad in ["", "+", "-", "1.0", "1e3", "--1", "-+1", "0x1"] {
            assert_eq!(parse_signed(bad.as_bytes()), None, "{bad}");
        }
    }
}
