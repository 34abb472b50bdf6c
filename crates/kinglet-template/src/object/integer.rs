//! Integers of any size: reading, arithmetic, conversion to floats.

use super::exception::{Outcome, Stop, overflow_error, value_error, zero_division};
use super::float::decimal_digit;
use crate::integer::Integer;

/// Bits of an integer that arithmetic may produce.
const MAX_BITS: u64 = 1 << 16;

/// Digits that are read or printed, as in Python.
pub(crate) const MAX_DIGITS: usize = 4300;

/// Ends evaluation when an integer of so many bits is too large.
pub(crate) fn check_bits(bits: u64) -> Outcome<()> {
    if bits > MAX_BITS { Err(Stop::Limit("an integer is too large")) } else { Ok(()) }
}

/// Reads an optional sign and decimal digits of any script, as the pattern `[+-]?\d+$` does: a final line break is
/// allowed, nothing else.
pub(crate) fn parse_strict(text: &str, signed: bool) -> Option<Integer> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let digits = if signed { text.strip_prefix(['+', '-']).unwrap_or(text) } else { text };
    let value = from_digits(digits.trim_start_matches('0'), digits.is_empty())?;
    Some(if text.starts_with('-') { value.negated() } else { value })
}

fn from_digits(digits: &str, empty: bool) -> Option<Integer> {
    if empty || digits.len() > 4 * MAX_DIGITS {
        return None;
    }
    let ascii = |c| decimal_digit(c).map(|digit| char::from(b'0' + digit));
    let plain: Option<String> = digits.chars().map(ascii).collect();
    let plain = plain?;
    if plain.is_empty() { Some(Integer::ZERO) } else { Integer::parse(&plain, 10) }
}

/// Reads text as `int(text, base)` does.
pub(crate) fn parse_python(text: &str, base: u32) -> Option<Integer> {
    let trimmed = text.trim();
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let lower = unsigned.to_lowercase();
    let (base, digits) = match (base, lower.get(..2)) {
        (0 | 16, Some("0x")) => (16, lower.get(2..)?),
        (0 | 8, Some("0o")) => (8, lower.get(2..)?),
        (0 | 2, Some("0b")) => (2, lower.get(2..)?),
        (0, _) => (10, lower.as_str()),
        (base, _) => (base, lower.as_str()),
    };
    let prefixed = digits.len() < lower.len();
    let digits = if prefixed { digits.strip_prefix('_').unwrap_or(digits) } else { digits };
    if digits.is_empty() || digits.starts_with('_') || digits.ends_with('_') || digits.contains("__") {
        return None;
    }
    let plain: Option<String> = digits
        .chars()
        .filter(|c| *c != '_')
        .map(|c| {
            decimal_digit(c)
                .map(|digit| char::from(b'0' + digit))
                .or_else(|| c.is_ascii_alphanumeric().then_some(c))
        })
        .collect();
    let plain = plain?;
    if plain.len() > MAX_DIGITS {
        return None;
    }
    let value = Integer::parse(&plain, base)?;
    Some(if trimmed.starts_with('-') { value.negated() } else { value })
}

/// Decimal digits, refused beyond Python's limit.
pub(crate) fn to_text(value: &Integer) -> Outcome<String> {
    if value.bits() > 14_290 {
        return value_error(
            "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
        );
    }
    Ok(value.to_string())
}

/// Quotient rounded down and remainder of the divisor's sign.
pub(crate) fn floor_divide(left: &Integer, right: &Integer) -> Outcome<(Integer, Integer)> {
    let Some((quotient, remainder)) = left.divided(right) else {
        return zero_division("integer division or modulo by zero");
    };
    if !remainder.is_zero() && remainder.is_negative() != right.is_negative() {
        return Ok((quotient.minus(&Integer::from(1)), remainder.plus(right)));
    }
    Ok((quotient, remainder))
}

/// `base ** exponent` for an exponent that is not negative.
pub(crate) fn power(base: &Integer, exponent: &Integer) -> Outcome<Integer> {
    let small = base.bits() <= 1;
    let Some(times) = exponent.to_u32().filter(|times| small || u64::from(*times) <= MAX_BITS) else {
        if small {
            return Ok(if exponent.bit(0) { base.clone() } else { base.abs() });
        }
        return Err(Stop::Limit("an integer is too large"));
    };
    check_bits(base.bits().saturating_mul(u64::from(times)))?;
    Ok(base.power(times))
}

/// `left << places`, or `>>` for negative places.
pub(crate) fn shift(left: &Integer, places: &Integer, to_left: bool) -> Outcome<Integer> {
    if places.is_negative() {
        return value_error("negative shift count");
    }
    let count = places.to_usize().map_or(u64::MAX, |places| places as u64);
    if to_left {
        if left.is_zero() {
            return Ok(Integer::ZERO);
        }
        check_bits(left.bits().saturating_add(count))?;
        return Ok(left.shifted_left(count));
    }
    if count > left.bits() {
        return Ok(if left.is_negative() { Integer::from(-1) } else { Integer::ZERO });
    }
    Ok(left.shifted_right(count))
}

/// The nearest float, refused when out of range.
pub(crate) fn to_float(value: &Integer) -> Outcome<f64> {
    let float = value.to_f64();
    if float.is_finite() { Ok(float) } else { overflow_error("int too large to convert to float") }
}

/// `left / right` as a float.
pub(crate) fn true_divide(left: &Integer, right: &Integer) -> Outcome<f64> {
    if right.is_zero() {
        return zero_division("division by zero");
    }
    if left.bits() <= 53 && right.bits() <= 53 {
        return Ok(to_float(left)? / to_float(right)?);
    }
    // Scale so that the integer quotient has 64 to 66 significant bits; a sticky bit keeps rounding exact.
    let scale = 66 - (left.bits() as i64 - right.bits() as i64);
    let (numerator, denominator) = if scale >= 0 {
        (left.shifted_left(scale as u64), right.clone())
    } else {
        (left.clone(), right.shifted_left(scale.unsigned_abs()))
    };
    let Some((quotient, remainder)) = numerator.abs().divided(&denominator.abs()) else {
        return zero_division("division by zero");
    };
    let sticky = Integer::from(u8::from(!remainder.is_zero()));
    let quotient = quotient.shifted_left(1).plus(&sticky).to_f64();
    let sign = if left.is_negative() == right.is_negative() { 1.0 } else { -1.0 };
    let value = sign * quotient * 2f64.powi(i32::try_from(-scale - 1).unwrap_or(0));
    if value.is_finite() {
        Ok(value)
    } else {
        overflow_error("integer division result too large for a float")
    }
}

/// The integer part of a float.
pub(crate) fn from_float(value: f64) -> Outcome<Integer> {
    if value.is_nan() {
        return value_error("cannot convert float NaN to integer");
    }
    match Integer::from_f64(value) {
        Some(integer) => Ok(integer),
        None => overflow_error("cannot convert float infinity to integer"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str) -> Integer {
        Integer::parse(text, 10).unwrap()
    }

    #[test]
    fn division_rounds_down() {
        let (quotient, remainder) = floor_divide(&int("-7"), &int("3")).unwrap();
        assert_eq!((quotient, remainder), (int("-3"), int("2")));
        assert!(floor_divide(&int("1"), &int("0")).is_err());
    }

    #[test]
    fn large_quotients_are_rounded_once() {
        let quotient = true_divide(&int("123456789012345678901234567890"), &int("3")).unwrap();
        assert_eq!(quotient, 4.115226300411523e28);
    }

    #[test]
    fn patterns_decide_what_is_an_integer() {
        assert_eq!(parse_strict("+007\n", true), Some(int("7")));
        assert_eq!(parse_strict("+7", false), None);
        assert_eq!(parse_strict("1_0", true), None);
        assert_eq!(parse_python(" 1_000 ", 10), Some(int("1000")));
        assert_eq!(parse_python("ff", 16), Some(int("255")));
    }

    #[test]
    fn huge_results_are_refused() {
        assert!(matches!(power(&int("10"), &int("1000000")), Err(Stop::Limit(_))));
        assert!(matches!(shift(&int("1"), &int("100000000"), true), Err(Stop::Limit(_))));
    }
}
