//! Result types of arithmetic, by ClickHouse's widening rules.
//!
//! All functions take bare types (no Nullable, no LowCardinality) and return `None` where the
//! operation does not exist.

use crate::{ChType, IntervalUnit};

/// `a + b`.
pub fn plus_type(a: &ChType, b: &ChType) -> Option<ChType> {
    match (a, b) {
        (ChType::Interval(x), ChType::Interval(y)) if x == y => Some(a.clone()),
        (date, ChType::Interval(unit)) | (ChType::Interval(unit), date) => shifted_date(date, *unit),
        _ => plus_number(a, b).or_else(|| plus_number(b, a)).or_else(|| additive(a, b, false)),
    }
}

/// `a - b`.
pub fn minus_type(a: &ChType, b: &ChType) -> Option<ChType> {
    match (a, b) {
        (ChType::Interval(x), ChType::Interval(y)) if x == y => Some(a.clone()),
        (date, ChType::Interval(unit)) => shifted_date(date, *unit),
        (ChType::Date, ChType::Date) | (ChType::Date32, ChType::Date32) => Some(ChType::Int32),
        (ChType::Date, ChType::Date32) | (ChType::Date32, ChType::Date) => Some(ChType::Int32),
        (x, y) if x.is_date_time() && y.is_date_time() => {
            let ticks = |t: &ChType| if let ChType::DateTime64(p, _) = t { Some(*p) } else { None };
            match ticks(x).max(ticks(y)) {
                Some(scale) => Some(ChType::Decimal(18, scale)),
                None => Some(ChType::Int32),
            }
        }
        _ => plus_number(a, b).or_else(|| additive(a, b, true)),
    }
}

/// `a * b`.
pub fn multiply_type(a: &ChType, b: &ChType) -> Option<ChType> {
    match (a, b) {
        (ChType::Interval(_), n) if n.is_integer() => return Some(a.clone()),
        (n, ChType::Interval(_)) if n.is_integer() => return Some(b.clone()),
        _ => {}
    }
    if let Some(ty) = decimal_of(a, b, |x, y| x + y) {
        return ty;
    }
    additive(a, b, false)
}

/// `a / b`: Float64 except between decimals.
pub fn divide_type(a: &ChType, b: &ChType) -> Option<ChType> {
    if let (ChType::Decimal(..), true) = (a, b.is_decimal() || b.is_integer()) {
        return decimal_of(a, b, |x, _| x)?;
    }
    if let (true, ChType::Decimal(..)) = (a.is_integer(), b) {
        return decimal_of(a, b, |_, y| y)?;
    }
    (a.is_number() && b.is_number()).then_some(ChType::Float64)
}

/// `intDiv(a, b)`.
pub fn int_div_type(a: &ChType, b: &ChType) -> Option<ChType> {
    if a.is_decimal() || b.is_decimal() {
        // A whole number as wide as the decimal's own.
        let Some(ChType::Decimal(precision, _)) = decimal_of(a, b, |x, _| x)? else { return None };
        return Some(match precision {
            0..=9 => ChType::Int32,
            10..=18 => ChType::Int64,
            19..=38 => ChType::Int128,
            _ => ChType::Int256,
        });
    }
    match (a.integer_bits(), b.integer_bits()) {
        (Some((bits, x)), Some((_, y))) => Some(ChType::integer(bits, x || y)),
        (Some((bits, _)), None) if b.is_float() => Some(ChType::integer(bits, true)),
        (None, _) if a.is_float() && b.is_number() => {
            Some(if *a == ChType::Float32 { ChType::Int32 } else { ChType::Int64 })
        }
        _ => None,
    }
}

/// `a % b`.
pub fn modulo_type(a: &ChType, b: &ChType) -> Option<ChType> {
    if a.is_decimal() || b.is_decimal() {
        return decimal_of(a, b, u8::max)?;
    }
    match (a.integer_bits(), b.integer_bits()) {
        (Some((_, signed)), Some((bits, _))) => {
            Some(ChType::integer(if signed { next_bits(bits) } else { bits }, signed))
        }
        _ if a.is_number() && b.is_number() => Some(ChType::Float64),
        _ if (a.is_date() || a.is_date_time()) && b.is_integer() => {
            modulo_type(&if a.is_date() { ChType::UInt16 } else { ChType::UInt32 }, b)
        }
        _ => None,
    }
}

/// `-a`.
pub fn negate_type(a: &ChType) -> Option<ChType> {
    match a {
        ChType::Interval(_) | ChType::Decimal(..) | ChType::Float32 | ChType::Float64 => Some(a.clone()),
        other => {
            let (bits, signed) = other.integer_bits()?;
            Some(ChType::integer(if signed { bits } else { next_bits(bits) }, true))
        }
    }
}

/// The next width up to 64; wider types stay.
fn next_bits(bits: u16) -> u16 {
    if bits < 64 { bits * 2 } else { bits }
}

fn shifted_date(date: &ChType, unit: IntervalUnit) -> Option<ChType> {
    let precision = match unit {
        IntervalUnit::Nanosecond => Some(9),
        IntervalUnit::Microsecond => Some(6),
        IntervalUnit::Millisecond => Some(3),
        _ => None,
    };
    let clock = unit.fixed_nanoseconds().is_some();
    match (date, precision) {
        (ChType::Date | ChType::Date32, Some(p)) => Some(ChType::DateTime64(p, None)),
        (ChType::Date, None) => Some(if clock { ChType::DateTime(None) } else { ChType::Date }),
        (ChType::Date32, None) => Some(if clock { ChType::DateTime64(0, None) } else { ChType::Date32 }),
        (ChType::DateTime(zone), Some(p)) => Some(ChType::DateTime64(p, zone.clone())),
        (ChType::DateTime64(have, zone), Some(p)) => Some(ChType::DateTime64(p.max(*have), zone.clone())),
        (ChType::DateTime(_) | ChType::DateTime64(..), None) => Some(date.clone()),
        (ChType::String, _) => Some(ChType::DateTime64(precision.unwrap_or(3), None)),
        _ => None,
    }
}

/// A date or time plus or minus a number: of days or of seconds.
fn plus_number(date: &ChType, number: &ChType) -> Option<ChType> {
    let temporal = date.is_date() || date.is_date_time();
    (temporal && (number.is_integer() || number.is_float())).then(|| date.clone())
}

fn additive(a: &ChType, b: &ChType, minus: bool) -> Option<ChType> {
    if let Some(ty) = decimal_of(a, b, u8::max) {
        return ty;
    }
    if a.is_float() || b.is_float() {
        return (a.is_number() && b.is_number()).then_some(ChType::Float64);
    }
    let (x, y) = (a.integer_bits()?, b.integer_bits()?);
    let bits = x.0.max(y.0);
    Some(ChType::integer(next_bits(bits), minus || x.1 || y.1))
}

/// `Some(answer)` if a Decimal takes part; the answer is `None` where there is no result type.
fn decimal_of(a: &ChType, b: &ChType, scale: impl Fn(u8, u8) -> u8) -> Option<Option<ChType>> {
    if !a.is_decimal() && !b.is_decimal() {
        return None;
    }
    if a.is_float() || b.is_float() {
        return Some(Some(ChType::Float64));
    }
    let parts = |ty: &ChType| match ty {
        ChType::Decimal(p, s) => Some((*p, *s, true)),
        other => {
            let digits = match other.integer_bits()?.0 {
                0..=32 => 9,
                33..=64 => 18,
                65..=128 => 38,
                _ => 76,
            };
            Some((digits, 0, false))
        }
    };
    let (Some((pa, sa, da)), Some((pb, sb, db))) = (parts(a), parts(b)) else { return Some(None) };
    // Two decimals make the widest of their class; a whole number leaves the precision alone.
    let precision = match (da, db) {
        (true, true) => match pa.max(pb) {
            0..=9 => 9,
            10..=18 => 18,
            19..=38 => 38,
            _ => 76,
        },
        (true, false) => pa,
        _ => pb,
    };
    let scale = scale(sa, sb);
    Some((scale <= precision).then_some(ChType::Decimal(precision, scale)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ty(text: &str) -> ChType {
        ChType::parse(text).expect("a type of the table")
    }

    /// Operation, two types, result (from ClickHouse 26.9).
    const CASES: &[(&str, &str, &str, &str)] = &[
        ("plus", "UInt8", "UInt8", "UInt16"),
        ("plus", "UInt64", "Int64", "Int64"),
        ("minus", "UInt8", "UInt8", "Int16"),
        ("minus", "UInt64", "UInt64", "Int64"),
        ("multiply", "UInt32", "Int8", "Int64"),
        ("plus", "Float32", "UInt8", "Float64"),
        ("plus", "Float32", "UInt32", "Float64"),
        ("multiply", "Decimal(9, 2)", "Decimal(9, 3)", "Decimal(9, 5)"),
        ("plus", "Decimal(18, 4)", "Decimal(9, 2)", "Decimal(18, 4)"),
        ("plus", "Date", "UInt8", "Date"),
        ("plus", "Date", "IntervalHour", "DateTime"),
        ("plus", "DateTime('UTC')", "IntervalMillisecond", "DateTime64(3, 'UTC')"),
        ("minus", "DateTime", "DateTime", "Int32"),
        ("minus", "DateTime64(3)", "DateTime", "Decimal(18, 3)"),
        ("divide", "UInt8", "UInt8", "Float64"),
        ("intDiv", "UInt8", "Int32", "Int8"),
        ("modulo", "Int8", "UInt8", "Int16"),
        ("modulo", "UInt64", "UInt8", "UInt8"),
        ("modulo", "Int16", "Int16", "Int32"),
        ("plus", "Decimal(12, 2)", "UInt8", "Decimal(12, 2)"),
        ("intDiv", "Decimal(9, 1)", "UInt8", "Int32"),
        ("plus", "String", "UInt8", "none"),
    ];

    #[test]
    fn result_types_are_clickhouses() {
        for (operation, a, b, wanted) in CASES {
            let operation = match *operation {
                "plus" => plus_type,
                "minus" => minus_type,
                "multiply" => multiply_type,
                "divide" => divide_type,
                "intDiv" => int_div_type,
                _ => modulo_type,
            };
            let got = operation(&ty(a), &ty(b)).map_or("none".to_owned(), |t| t.to_string());
            assert_eq!(got, *wanted, "{a} {b}");
        }
        assert_eq!(negate_type(&ChType::UInt8), Some(ChType::Int16));
    }
}
