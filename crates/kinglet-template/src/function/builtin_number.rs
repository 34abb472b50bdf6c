//! Python's functions on numbers.

use crate::eval::{Args, Evaluator};
use crate::integer::Integer;
use crate::object::exception::{Outcome, type_error, value_error};
use crate::object::{Number, Object, float as float_text, integer, text};
use crate::python::ast::BinaryOp;

/// `int(value, base)`.
pub(super) fn int(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, base] = args.bind("int", 0, ["x", "base"])?;
    let Some(value) = value else { return Ok(Object::int(0)) };
    let base = match base {
        None => 10,
        Some(base) => {
            if value.as_text().is_none() {
                return type_error("int() can't convert non-string with explicit base");
            }
            match base
                .as_integer()
                .and_then(|base| base.to_u32())
                .filter(|base| *base == 0 || (2..=36).contains(base))
            {
                Some(base) => base,
                None => return value_error("int() base must be >= 2 and <= 36, or 0"),
            }
        }
    };
    match (value.as_text(), value.as_number()) {
        (Some(digits), _) => {
            evaluator.spend(digits.len() / 8)?;
            match integer::parse_python(digits, base) {
                Some(value) => Ok(Object::Int(value)),
                None => value_error(format!(
                    "invalid literal for int() with base {base}: {}",
                    text::quoted(digits)
                )),
            }
        }
        (None, Some(Number::Int(value))) => Ok(Object::Int(value)),
        (None, Some(Number::Float(value))) => integer::from_float(value).map(Object::Int),
        _ => type_error(format!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            value.class_name()
        )),
    }
}

/// `float(value)`.
pub(super) fn float(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("float", 0, ["x"])?;
    let Some(value) = value else { return Ok(Object::Float(0.0)) };
    match (value.as_text(), value.as_number()) {
        (Some(digits), _) => match float_text::parse(digits, true) {
            Some(value) => Ok(Object::Float(value)),
            None => value_error(format!("could not convert string to float: {}", text::quoted(digits))),
        },
        (None, Some(number)) => to_float(&number).map(Object::Float),
        _ => type_error(format!(
            "float() argument must be a string or a real number, not '{}'",
            value.class_name()
        )),
    }
}

fn to_float(number: &Number) -> Outcome<f64> {
    match number {
        Number::Int(value) => integer::to_float(value),
        Number::Float(value) => Ok(*value),
    }
}

fn number(value: Option<Object>, what: &str) -> Outcome<Number> {
    let value = value.unwrap_or(Object::None);
    match value.as_number() {
        Some(number) => Ok(number),
        None => type_error(format!("bad operand type for {what}: '{}'", value.class_name())),
    }
}

fn whole(value: Option<Object>) -> Outcome<Integer> {
    let value = value.unwrap_or(Object::None);
    match value.as_integer() {
        Some(integer) => Ok(integer),
        None => type_error(format!("'{}' object cannot be interpreted as an integer", value.class_name())),
    }
}

/// `abs(number)`.
pub(super) fn abs(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("abs", 1, ["x"])?;
    Ok(match number(value, "abs()")? {
        Number::Int(value) => Object::Int(value.abs()),
        Number::Float(value) => Object::Float(value.abs()),
    })
}

/// `divmod(a, b)`.
pub(super) fn divmod(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [a, b] = args.bind("divmod", 2, ["x", "y"])?;
    let (a, b) = (a.unwrap_or(Object::None), b.unwrap_or(Object::None));
    if a.as_number().is_none() || b.as_number().is_none() {
        let (a, b) = (a.class_name(), b.class_name());
        return type_error(format!("unsupported operand type(s) for divmod(): '{a}' and '{b}'"));
    }
    let quotient = evaluator.binary(BinaryOp::FloorDiv, &a, &b)?;
    let remainder = evaluator.binary(BinaryOp::Mod, &a, &b)?;
    evaluator.tuple(vec![quotient, remainder])
}

/// `pow(base, exponent, modulus)`.
pub(super) fn pow(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [base, exponent, modulus] = args.bind("pow", 2, ["base", "exp", "mod"])?;
    let (base, exponent) = (base.unwrap_or(Object::None), exponent.unwrap_or(Object::None));
    let Some(modulus) = modulus.filter(|modulus| !matches!(modulus, Object::None)) else {
        return evaluator.binary(BinaryOp::Pow, &base, &exponent);
    };
    let (base, exponent, modulus) = (whole(Some(base))?, whole(Some(exponent))?, whole(Some(modulus))?);
    if exponent.is_negative() || modulus.is_zero() {
        return value_error("pow() 3rd argument cannot be 0");
    }
    // Square and multiply; the sizes are bounded before.
    integer::check_bits(exponent.bits().max(modulus.bits()).max(base.bits()).saturating_mul(32))?;
    let mut power = Integer::from(1);
    let mut square = integer::floor_divide(&base, &modulus)?.1;
    for at in 0..exponent.bits() {
        evaluator.spend(1 + (modulus.bits() / 64) as usize)?;
        if exponent.bit(at) {
            power = integer::floor_divide(&power.times(&square), &modulus)?.1;
        }
        square = integer::floor_divide(&square.times(&square), &modulus)?.1;
    }
    Ok(Object::Int(integer::floor_divide(&power, &modulus)?.1))
}

/// Digits after the point, as many as matter.
fn digit_count(digits: &Integer) -> i32 {
    let limit = if digits.is_negative() { i32::MIN } else { i32::MAX };
    digits.to_i64().and_then(|digits| i32::try_from(digits).ok()).unwrap_or(limit)
}

/// `round(number, digits)`: half to even.
pub(super) fn round(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, digits] = args.bind("round", 1, ["number", "ndigits"])?;
    let digits = match digits {
        None | Some(Object::None) => None,
        Some(digits) => Some(digit_count(&whole(Some(digits))?)),
    };
    let value = number(value, "round()")?;
    match (value, digits) {
        (Number::Int(value), None | Some(0..)) => Ok(Object::Int(value)),
        (Number::Int(value), Some(digits)) => round_integer(evaluator, &value, digits.unsigned_abs()),
        (Number::Float(value), None) => {
            let rounded = value.round_ties_even();
            integer::from_float(rounded).map(Object::Int)
        }
        (Number::Float(value), Some(digits)) => Ok(Object::Float(round_float(value, digits))),
    }
}

fn round_integer(evaluator: &mut Evaluator<'_>, value: &Integer, digits: u32) -> Outcome<Object> {
    let unit = integer::power(&Integer::from(10), &Integer::from(digits))?;
    evaluator.spend((unit.bits() / 64) as usize)?;
    let (quotient, remainder) = integer::floor_divide(value, &unit)?;
    let twice = remainder.plus(&remainder);
    let up = twice > unit || (twice == unit && quotient.bit(0));
    Ok(Object::Int(quotient.plus(&Integer::from(u8::from(up))).times(&unit)))
}

/// Rounds the exact decimal value of a float.
fn round_float(value: f64, digits: i32) -> f64 {
    if !value.is_finite() || digits > 300 {
        return value;
    }
    if digits >= 0 {
        return format!("{value:.*}", digits as usize).parse().unwrap_or(value);
    }
    if digits < -308 {
        return 0f64.copysign(value);
    }
    let unit = 10f64.powi(-digits);
    (value / unit).round_ties_even() * unit
}

fn in_radix(args: Args, function: &str, prefix: &str, radix: u32) -> Outcome<Object> {
    let [value] = args.bind(function, 1, ["x"])?;
    let value = whole(value)?;
    let sign = if value.is_negative() { "-" } else { "" };
    Ok(Object::str(format!("{sign}{prefix}{}", value.abs().to_text(radix))))
}

/// `bin(number)`.
pub(super) fn bin(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    in_radix(args, "bin", "0b", 2)
}

/// `oct(number)`.
pub(super) fn oct(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    in_radix(args, "oct", "0o", 8)
}

/// `hex(number)`.
pub(super) fn hex(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    in_radix(args, "hex", "0x", 16)
}

/// `chr(code)`.
pub(super) fn chr(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("chr", 1, ["i"])?;
    match whole(value)?.to_u32().and_then(char::from_u32) {
        Some(c) => Ok(Object::str(c.to_string())),
        None => value_error("chr() arg not in range(0x110000)"),
    }
}

/// `ord(character)`.
pub(super) fn ord(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("ord", 1, ["c"])?;
    let value = value.unwrap_or(Object::None);
    let Some(text) = value.as_text() else {
        return type_error(format!("ord() expected string of length 1, but {} found", value.class_name()));
    };
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => Ok(Object::int(u32::from(c))),
        _ => type_error(format!(
            "ord() expected a character, but string of length {} found",
            text.chars().count()
        )),
    }
}
