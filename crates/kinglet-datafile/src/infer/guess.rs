//! Which ClickHouse types a single text value looks like.
//!
//! The types, their order and what they take follow Tinybird's guessers, with one exception: only
//! ASCII digits make a number, because ClickHouse reads no others.

use super::literal;

/// Types that are guessed, the narrowest first.
const GUESSED: [&str; 16] = [
    "DateTime64",
    "DateTime",
    "Date",
    "Int8",
    "UInt8",
    "Int16",
    "UInt16",
    "Int32",
    "UInt32",
    "Int64",
    "UInt64",
    "Float32",
    "Float64",
    "Array(Int32)",
    "Array(Float32)",
    "Array(String)",
];

/// Types whose values can be told from text, those that are never guessed included.
const TESTED: [&str; 21] = [
    "Int8",
    "UInt8",
    "Int16",
    "UInt16",
    "Int32",
    "UInt32",
    "Int64",
    "UInt64",
    "Int128",
    "UInt128",
    "Int256",
    "UInt256",
    "Float32",
    "Float64",
    "Bool",
    "DateTime64",
    "DateTime",
    "Date",
    "Array(Int32)",
    "Array(Float32)",
    "Array(String)",
];

const BOOLEANS: [&str; 18] = [
    "true", "false", "True", "False", "T", "F", "Y", "N", "Yes", "No", "On", "Off", "Enable", "Disable",
    "Enabled", "Disabled", "1", "0",
];

/// Largest magnitudes of a Float32 and a Float64 that keep whole numbers exact.
const FLOAT32_EXACT: f64 = 8_388_608.0;
const FLOAT64_EXACT: f64 = 4_503_599_627_370_496.0;

/// The types that a value would be guessed to have, the preferred one first.
pub fn guess_types(value: &str) -> Vec<&'static str> {
    GUESSED.into_iter().filter(|name| is_guess(name, value)).collect()
}

/// Whether `value` would be guessed to be of the type `name`.
pub(crate) fn is_guess(name: &str, value: &str) -> bool {
    match name {
        "Float32" => number(value).is_some_and(|x| (-FLOAT32_EXACT..FLOAT32_EXACT).contains(&x)),
        "Float64" => number(value).is_some_and(|x| x.abs() < FLOAT64_EXACT),
        _ => is_valid(name, value),
    }
}

/// The types that a value is a valid value of.
pub fn valid_types(value: &str) -> Vec<&'static str> {
    TESTED.into_iter().filter(|name| is_valid(name, value)).collect()
}

fn is_valid(name: &str, value: &str) -> bool {
    match name {
        "DateTime64" => date_time(value).is_some_and(has_milliseconds),
        "DateTime" => date_time(value).is_some(),
        "Date" => is_date(value.strip_suffix('\n').unwrap_or(value)),
        "Float32" | "Float64" => number(value).is_some(),
        "Bool" => BOOLEANS.contains(&value),
        "Array(Int32)" => literal::list(value).is_some_and(|list| list.iter().all(literal::Item::is_integer)),
        "Array(Float32)" => literal::list(value).is_some_and(|list| list.iter().all(literal::Item::is_float)),
        "Array(String)" => literal::list(value).is_some_and(|list| list.iter().all(literal::Item::is_text)),
        _ => integer_type(name).is_some_and(|(signed, bits)| is_integer(value, signed, bits)),
    }
}

fn integer_type(name: &str) -> Option<(bool, u32)> {
    let signed = !name.starts_with('U');
    let bits = name.strip_prefix("UInt").or_else(|| name.strip_prefix("Int"))?.parse().ok()?;
    Some((signed, bits))
}

fn is_integer(value: &str, signed: bool, bits: u32) -> bool {
    let value = value.strip_suffix('\n').unwrap_or(value);
    let (sign, digits) = match value.strip_prefix(['+', '-']) {
        Some(digits) => (value.chars().next(), digits),
        None => (None, value),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let significant = digits.trim_start_matches('0');
    let negative = sign == Some('-') && !significant.is_empty();
    if !signed && (negative || (sign.is_some() && bits <= 64)) {
        return false;
    }
    let limit = limit(if signed { bits - 1 } else { bits }, negative);
    significant.len() < limit.len() || (significant.len() == limit.len() && *significant <= *limit)
}

/// The decimal digits of `2^power`, or of one less for numbers that are not negative.
fn limit(power: u32, negative: bool) -> String {
    let mut digits = vec![1u8];
    for _ in 0..power {
        let mut carry = 0;
        for digit in digits.iter_mut() {
            let doubled = *digit * 2 + carry;
            (*digit, carry) = (doubled % 10, doubled / 10);
        }
        if carry > 0 {
            digits.push(carry);
        }
    }
    if !negative && let Some(last) = digits.first_mut() {
        // A power of two above 1 never ends in 0.
        *last -= 1;
    }
    digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect()
}

/// The number a text is, white space around it allowed; not-a-number and infinities included.
fn number(value: &str) -> Option<f64> {
    let text = value.trim();
    let fits = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    let words = ["nan", "inf", "infinity"];
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text).to_ascii_lowercase();
    if !text.bytes().all(fits) && !words.contains(&bare.as_str()) {
        return None;
    }
    text.parse().ok()
}

/// Whether a text is `dddd-dd-dd`.
fn is_date(text: &str) -> bool {
    shape(text, "0000-00-00").is_some_and(str::is_empty)
}

/// The text after a date and a time of day, in one of the two forms that are known.
fn date_time(text: &str) -> Option<&str> {
    let year_first = shape(text, "0000.00.00").and_then(|rest| rest.strip_prefix(['T', ' ']));
    if let Some(rest) = year_first.and_then(|rest| shape(rest, "00:00:00")) {
        return Some(rest);
    }
    let mut rest = shape(text, "00.00.0000 ")?;
    for part in 0..3 {
        if part > 0 {
            rest = rest.strip_prefix(':')?;
        }
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if digits.len() == rest.len() {
            return None;
        }
        rest = digits;
    }
    Some(rest)
}

/// The year of a date with a time of day, and how many digits its fraction of a second has. Only forms
/// with the year first, followed by nothing or a time zone.
pub(crate) fn date_time_parts(text: &str) -> Option<(i32, usize)> {
    let rest = date_time(text)?;
    let year = text.get(..4)?.parse().ok()?;
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    let date = matches!((part(5..7), part(8..10)), (Some(1..=12), Some(1..=31)));
    let time =
        matches!((part(11..13), part(14..16), part(17..19)), (Some(0..=23), Some(0..=59), Some(0..=59)));
    if !date || !time || text.get(4..5) != Some("-") {
        return None;
    }
    let digits = rest
        .strip_prefix('.')
        .map_or(0, |d| d.len() - d.trim_start_matches(|c: char| c.is_ascii_digit()).len());
    let zone = if digits > 0 { rest.get(digits + 1..)? } else { rest };
    let offset =
        zone.strip_prefix(['+', '-']).is_some_and(|z| z.bytes().all(|b| b.is_ascii_digit() || b == b':'));
    (zone.is_empty() || zone == "Z" || offset).then_some((year, digits))
}

fn has_milliseconds(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some() && chars.by_ref().take(3).filter(char::is_ascii_digit).count() == 3
}

/// What follows a text of a shape: `0` stands for a digit, `.` for any character.
fn shape<'a>(text: &'a str, shape: &str) -> Option<&'a str> {
    let mut chars = text.chars();
    for wanted in shape.chars() {
        let c = chars.next()?;
        let fits = match wanted {
            '0' => c.is_ascii_digit(),
            '.' => c != '\n',
            other => c == other,
        };
        if !fits {
            return None;
        }
    }
    Some(chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        assert_eq!(limit(7, false), "127");
        assert_eq!(limit(7, true), "128");
        assert_eq!(limit(64, false), u64::MAX.to_string());
        assert_eq!(limit(127, true), "170141183460469231731687303715884105728");
    }

    #[test]
    fn guesses() {
        assert_eq!(guess_types("255").first(), Some(&"UInt8"));
        assert_eq!(guess_types("-8388608").last(), Some(&"Float64"));
        assert_eq!(guess_types("2024-02-29 10:11:12,345"), ["DateTime64", "DateTime"]);
        assert!(guess_types("2024-2-9 10:11:12").is_empty());
        assert!(valid_types("+7").contains(&"UInt128"));
        assert!(!valid_types("+7").contains(&"UInt64"));
    }
}
