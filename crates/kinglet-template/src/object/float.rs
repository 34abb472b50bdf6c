//! Floats as Python prints and reads them.

use kinglet_types::{EXACT_FLOATS, scientific};

/// The shortest text that reads back as the same float, in Python's notation.
pub(crate) fn repr(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf".to_owned() } else { "-inf".to_owned() };
    }
    let (negative, digits, exponent) = shortest(value);
    let sign = if negative { "-" } else { "" };
    format!("{sign}{}", laid_out(&digits, exponent, -4..16, true))
}

/// Sign, shortest decimal digits, and the decimal exponent of the first digit.
fn shortest(value: f64) -> (bool, String, i32) {
    let (negative, digits, exponent) = parts(&scientific(value));
    if !EXACT_FLOATS {
        return (negative, digits, exponent);
    }
    // Of two shortest texts equally close, Python takes the one with the even last digit.
    let even = rounded(value, digits.len());
    let same = format!("{}{}e{}", if even.0 { "-" } else { "" }, even.1, even.2 - even.1.len() as i32 + 1);
    if same.parse() == Ok(value) { even } else { (negative, digits, exponent) }
}

/// Sign, `precision` significant digits, and the decimal exponent of the first digit.
pub(crate) fn rounded(value: f64, precision: usize) -> (bool, String, i32) {
    parts(&format!("{value:.*e}", precision.saturating_sub(1)))
}

fn parts(scientific: &str) -> (bool, String, i32) {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let negative = mantissa.starts_with('-');
    let digits = mantissa.chars().filter(char::is_ascii_digit).collect();
    (negative, digits, exponent.parse().unwrap_or(0))
}

/// Digits in positional notation where the exponent is in `positional`, otherwise in scientific notation; with
/// `point`, an integral value gets `.0` in positional notation.
pub(crate) fn laid_out(digits: &str, exponent: i32, positional: std::ops::Range<i32>, point: bool) -> String {
    if !positional.contains(&exponent) {
        let (first, rest) = digits.split_at(digits.len().min(1));
        let fraction = if rest.is_empty() { String::new() } else { format!(".{rest}") };
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{first}{fraction}e{sign}{:02}", exponent.unsigned_abs());
    }
    if exponent < 0 {
        return format!("0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1));
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        let zeros = "0".repeat(whole - digits.len());
        let end = if point { ".0" } else { "" };
        return format!("{digits}{zeros}{end}");
    }
    let (before, after) = digits.split_at(whole);
    format!("{before}.{after}")
}

/// Reads text as `float()` does: surrounding white space, `nan`, `inf`, digits of any script; underscores between
/// digits only with `underscores`.
pub(crate) fn parse(text: &str, underscores: bool) -> Option<f64> {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c));
    let mut plain = String::with_capacity(trimmed.len());
    let mut previous_digit = false;
    let mut characters = trimmed.chars().peekable();
    while let Some(c) = characters.next() {
        match decimal_digit(c) {
            Some(digit) => plain.push(char::from(b'0' + digit)),
            None if c == '_' => {
                let next_digit = characters.peek().is_some_and(|next| decimal_digit(*next).is_some());
                if !underscores || !previous_digit || !next_digit {
                    return None;
                }
            }
            None => plain.push(c),
        }
        previous_digit = decimal_digit(c).is_some();
    }
    let unsigned = plain.trim_start_matches(['+', '-']);
    if plain.len() - unsigned.len() > 1 {
        return None;
    }
    let lower = unsigned.to_ascii_lowercase();
    let magnitude = match lower.as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        _ if unsigned
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-')) =>
        {
            unsigned.parse().ok()?
        }
        _ => return None,
    };
    Some(if plain.starts_with('-') { -magnitude } else { magnitude })
}

/// First code points of the runs of ten decimal digits that Unicode has outside of ASCII.
const DIGIT_ZEROS: [u32; 44] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0,
];

/// The value of a decimal digit of any script.
pub(crate) fn decimal_digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).map(|digit| digit as u8);
    }
    let code = u32::from(c);
    DIGIT_ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| (code - zero) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_python() {
        let cases = [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (123456789012345.6, "123456789012345.6"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1e15 + 0.3, "1000000000000000.2"),
            (1.5e300, "1.5e+300"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (value, expected) in cases {
            assert_eq!(repr(value), expected);
        }
    }

    #[test]
    fn floats_are_read_as_in_python() {
        assert_eq!(parse(" 1_0.5 ", true), Some(10.5));
        assert_eq!(parse("1_0.5", false), None);
        assert_eq!(parse("٣.٥", false), Some(3.5));
        assert_eq!(parse("-Infinity", false), Some(f64::NEG_INFINITY));
        assert_eq!(parse("0x1p3", false), None);
        assert_eq!(parse("", false), None);
    }
}
