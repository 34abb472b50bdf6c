//! Decimals and wide integers as text.

use arrow::datatypes::i256;

/// Appends a decimal: an unscaled value and the digits after the point. Trailing zeros are left out, as
/// ClickHouse does by default.
pub fn write_decimal(value: i256, scale: u8, out: &mut Vec<u8>) {
    let digits = value.wrapping_abs().to_string();
    let digits = digits.trim_start_matches('-');
    if value < i256::ZERO {
        out.push(b'-');
    }
    let scale = usize::from(scale);
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    out.extend_from_slice(whole.as_bytes());
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        out.push(b'.');
        out.extend_from_slice(fraction.as_bytes());
    }
}

/// Reads a decimal such as `-12.345` or `1e3` to an unscaled value of `scale` digits after the point;
/// further digits are cut off. `None` when it is no number or does not fit.
pub fn parse_decimal(text: &[u8], scale: u8) -> Option<i256> {
    let text = std::str::from_utf8(text).ok()?;
    let (negative, text) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let wanted = i64::from(scale) + i64::from(exponent);
    let ten = i256::from_i128(10);
    let mut value = i256::ZERO;
    let mut taken = 0_i64;
    for byte in whole.bytes() {
        value = value.checked_mul(ten)?.checked_add(digit(byte)?)?;
    }
    for byte in fraction.bytes() {
        let digit = digit(byte)?;
        if taken < wanted {
            value = value.checked_mul(ten)?.checked_add(digit)?;
            taken += 1;
        }
    }
    while taken < wanted {
        if value == i256::ZERO {
            break;
        }
        value = value.checked_mul(ten)?;
        taken += 1;
    }
    while taken > wanted && value != i256::ZERO {
        value = value.checked_div(ten)?;
        taken -= 1;
    }
    Some(if negative { value.wrapping_neg() } else { value })
}

fn digit(byte: u8) -> Option<i256> {
    byte.is_ascii_digit().then(|| i256::from_i128(i128::from(byte - b'0')))
}

/// Reads a whole number of up to 256 bits. `None` when it is none or too large.
pub fn parse_i256(text: &[u8]) -> Option<i256> {
    let (negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let ten = i256::from_i128(10);
    let mut value = i256::ZERO;
    for byte in digits {
        value = value.wrapping_mul(ten).wrapping_add(digit(*byte)?);
    }
    Some(if negative { value.wrapping_neg() } else { value })
}

/// Appends a whole number given as little-endian bytes (16 or 32) of the given signedness.
pub fn write_i256(bytes: &[u8], signed: bool, out: &mut Vec<u8>) {
    let negative = signed && bytes.last().is_some_and(|b| *b >= 0x80);
    // Magnitude as little-endian bytes.
    let mut magnitude: Vec<u8> = bytes.to_vec();
    if negative {
        let mut carry = true;
        for byte in &mut magnitude {
            let (value, over) = (!*byte).overflowing_add(u8::from(carry));
            (*byte, carry) = (value, over);
        }
        out.push(b'-');
    }
    let mut digits = Vec::new();
    while magnitude.iter().any(|b| *b != 0) {
        let mut rest = 0_u32;
        for byte in magnitude.iter_mut().rev() {
            let value = rest << 8 | u32::from(*byte);
            *byte = (value / 10) as u8;
            rest = value % 10;
        }
        digits.push(b'0' + rest as u8);
    }
    if digits.is_empty() {
        digits.push(b'0');
    }
    out.extend(digits.iter().rev());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_come_back() {
        for (text, scale, printed) in [
            ("12.340", 3, "12.34"),
            ("-0.05", 2, "-0.05"),
            ("1e3", 1, "1000"),
            ("1.999", 2, "1.99"),
            ("7", 0, "7"),
        ] {
            let value = parse_decimal(text.as_bytes(), scale).expect("a number");
            let mut out = Vec::new();
            write_decimal(value, scale, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), printed);
        }
        assert_eq!(parse_decimal(b"a", 2), None);
    }

    #[test]
    fn wide_integers_come_back() {
        for text in ["0", "-1", "170141183460469231731687303715884105727", "-12345678901234567890123"] {
            let value = parse_i256(text.as_bytes()).expect("a number");
            let mut out = Vec::new();
            write_i256(&value.to_le_bytes(), true, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), text);
        }
    }
}
