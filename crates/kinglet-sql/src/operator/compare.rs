//! Comparisons of values that Arrow's own kernels do not compare as ClickHouse does: floats (NaN), numbers
//! of different types, arrays and tuples.

use std::cmp::Ordering;

use arrow::array::make_comparator;
use arrow::array::{Array, ArrayRef};
use arrow::compute::SortOptions;
use arrow::datatypes::i256;
use kinglet_types::{ChType, ErrorCode, Result, SqlError, supertype};

use super::lanes::{Lane, Outcomes};
use crate::conversion::{Failure, as_float, convert, unscaled};
use crate::function::{Args, Call, Column, Example, Function, Nulls, Spec, result};
use crate::text::{bytes_at, int_at};

/// A comparison function.
pub(super) struct Compare {
    test: fn(Option<Ordering>) -> bool,
    /// NULL equals NULL and nothing else; the answer is never NULL.
    distinct: bool,
    spec: &'static Spec,
}

macro_rules! spec {
    ($name:literal, $symbol:literal, $sql:literal, $answer:literal) => {
        &Spec {
            name: $name,
            category: "comparison",
            syntax: concat!("a ", $symbol, " b"),
            summary: concat!("Whether `a ", $symbol, " b` holds, 1 or 0."),
            arguments: &[("a", "Any type"), ("b", "A type that compares with it")],
            returns: "UInt8",
            examples: &[Example { sql: $sql, answer: $answer }],
            ..Spec::EMPTY
        }
    };
}

pub(super) static ALL: &[Compare] = &[
    Compare {
        test: |o| o == Some(Ordering::Equal),
        distinct: false,
        spec: spec!("equals", "=", "1 = 1.0", "1"),
    },
    Compare {
        test: |o| o != Some(Ordering::Equal),
        distinct: false,
        spec: spec!("notEquals", "!=", "1 != 2", "1"),
    },
    Compare {
        test: |o| o == Some(Ordering::Less),
        distinct: false,
        spec: spec!("less", "<", "-1 < 18446744073709551615", "1"),
    },
    Compare {
        test: |o| o == Some(Ordering::Greater),
        distinct: false,
        spec: spec!("greater", ">", "1 > nan", "0"),
    },
    Compare {
        test: |o| matches!(o, Some(Ordering::Less | Ordering::Equal)),
        distinct: false,
        spec: spec!("lessOrEquals", "<=", "'a' <= 'b'", "1"),
    },
    Compare {
        test: |o| matches!(o, Some(Ordering::Greater | Ordering::Equal)),
        distinct: false,
        spec: spec!("greaterOrEquals", ">=", "[1, 2] >= [1]", "1"),
    },
    Compare {
        test: |o| o == Some(Ordering::Equal),
        distinct: true,
        spec: spec!("isNotDistinctFrom", "IS NOT DISTINCT FROM", "NULL <=> NULL", "1"),
    },
    Compare {
        test: |o| o != Some(Ordering::Equal),
        distinct: true,
        spec: spec!("isDistinctFrom", "IS DISTINCT FROM", "1 IS DISTINCT FROM NULL", "1"),
    },
];

impl Function for Compare {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn nulls(&self) -> Nulls {
        if self.distinct { Nulls::Own } else { Nulls::Propagate }
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        let (a, b) = (args.ty(0).bare(), args.ty(1).bare());
        let fits = a == b
            || a.is_number() && b.is_number()
            || a.is_text() && b.is_text()
            || (a.is_date() || a.is_date_time()) && (b.is_date() || b.is_date_time())
            || self.distinct && (*a == ChType::Nothing || *b == ChType::Nothing)
            || supertype(&[a.clone(), b.clone()]).is_some();
        if fits { Ok(ChType::UInt8) } else { Err(illegal(args)) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.arg(0)?, call.arg(1)?);
        if !self.distinct {
            if let Some(flags) = self.of_numbers(call, left, right)? {
                return Ok(flags);
            }
            let compare = comparator(left, right, call)?;
            return result::flags(call.rows, |row| {
                Ok((self.test)(compare(left.index(row), right.index(row))))
            });
        }
        let bare = |column: &Column| Column { ty: column.ty.bare().clone(), ..column.clone() };
        let (a, b) = (bare(left), bare(right));
        let compare = if a.ty == ChType::Nothing || b.ty == ChType::Nothing {
            None
        } else {
            Some(comparator(&a, &b, call)?)
        };
        result::flags(call.rows, |row| {
            let order = match (left.is_null(row), right.is_null(row), &compare) {
                (true, true, _) => Some(Ordering::Equal),
                (false, false, Some(compare)) => compare(left.index(row), right.index(row)),
                _ => None,
            };
            Ok((self.test)(order))
        })
    }
}

impl Compare {
    /// The comparison over whole columns, for numbers that both fit 64-bit floats, or 64 or 128-bit whole
    /// numbers, without rounding.
    fn of_numbers(&self, call: &Call<'_>, left: &Column, right: &Column) -> Result<Option<ArrayRef>> {
        let (a, b) = (&left.ty, &right.ty);
        if !a.is_number() || !b.is_number() {
            return Ok(None);
        }
        let outcomes = Outcomes::of(self.test);
        if a.is_float() || b.is_float() {
            let exact = |ty: &ChType| ty.integer_bits().is_none_or(|(bits, _)| bits < 64);
            if !exact(a) || !exact(b) {
                return Ok(None);
            }
            let lane = |at: usize, column: &Column| {
                let values = call.floats(at)?.into_values();
                Ok::<_, SqlError>(match (column.constant, values.first()) {
                    (true, Some(value)) => Lane::One(*value),
                    _ => Lane::Each(values),
                })
            };
            return Ok(Some(outcomes.compare(&lane(0, left)?, &lane(1, right)?, call.rows)));
        }
        let scale = |ty: &ChType| if let ChType::Decimal(_, s) = ty { *s } else { 0 };
        let common = scale(a).max(scale(b));
        let missing = |ty: &ChType| common - scale(ty);
        if let (Some(x), Some(y)) = (Lane::<i64>::new(left, missing(a)), Lane::new(right, missing(b))) {
            return Ok(Some(outcomes.compare(&x, &y, call.rows)));
        }
        let (x, y) = (Lane::<i128>::new(left, missing(a)), Lane::new(right, missing(b)));
        Ok(x.zip(y).map(|(x, y)| outcomes.compare(&x, &y, call.rows)))
    }
}

fn illegal(args: &Args<'_>) -> SqlError {
    // ClickHouse says NO_COMMON_TYPE where two types exist and cannot be compared.
    let message = format!("There is no supertype for types {}, {}", args.ty(0), args.ty(1));
    SqlError::new(ErrorCode::NO_COMMON_TYPE, message)
}

type Comparator<'a> = Box<dyn Fn(usize, usize) -> Option<Ordering> + 'a>;

/// Orders a value of `left` and one of `right`, given by their index; `None` where neither is less nor equal.
fn comparator<'a>(left: &'a Column, right: &'a Column, call: &Call<'_>) -> Result<Comparator<'a>> {
    let (a, b) = (&left.ty, &right.ty);
    let (x, y) = (&left.array, &right.array);
    if a.is_number() && b.is_number() {
        return Ok(numbers(left, right));
    }
    if a.is_text() && b.is_text() {
        return Ok(Box::new(move |i, j| {
            Some(trimmed(bytes_at(x, i), a, b).cmp(trimmed(bytes_at(y, j), b, a)))
        }));
    }
    let common =
        if a == b { a.clone() } else { supertype(&[a.clone(), b.clone()]).unwrap_or_else(|| a.clone()) };
    let x = convert(x, a, &common, Failure::Error, call.environment)?;
    let y = convert(y, b, &common, Failure::Error, call.environment)?;
    if common.is_tagged() || x.data_type() != y.data_type() {
        return Err(SqlError::new(ErrorCode::NO_COMMON_TYPE, format!("{a} and {b} cannot be compared")));
    }
    let (x, y) = match common {
        ChType::Json(_) => (crate::tagged::order_key(&x, &common)?, crate::tagged::order_key(&y, &common)?),
        _ => (x, y),
    };
    let compare = make_comparator(&x, &y, SortOptions::new(false, false)).map_err(result::internal)?;
    Ok(Box::new(move |i, j| Some(compare(i, j))))
}

/// A FixedString without the zeros that fill it, when it meets another type.
fn trimmed<'a>(bytes: &'a [u8], ty: &ChType, other: &ChType) -> &'a [u8] {
    if ty == other || !matches!(ty, ChType::FixedString(_)) {
        return bytes;
    }
    let end = bytes.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
    bytes.get(..end).unwrap_or(bytes)
}

fn numbers<'a>(left: &'a Column, right: &'a Column) -> Comparator<'a> {
    let (a, b) = (&left.ty, &right.ty);
    let (x, y): (&ArrayRef, &ArrayRef) = (&left.array, &right.array);
    if a.is_float() || b.is_float() {
        let whole = |ty: &ChType| ty.integer_bits().is_some_and(|(bits, _)| bits >= 64);
        return match (whole(a), whole(b)) {
            (true, _) => Box::new(move |i, j| exact(x, i, a, as_float(y, j, b))),
            (_, true) => Box::new(move |i, j| exact(y, j, b, as_float(x, i, a)).map(Ordering::reverse)),
            _ => Box::new(move |i, j| as_float(x, i, a).partial_cmp(&as_float(y, j, b))),
        };
    }
    let small =
        |ty: &ChType| ty.integer_bits().is_some_and(|(bits, signed)| bits < 64 || bits == 64 && signed);
    if small(a) && small(b) {
        return Box::new(move |i, j| Some(int_at(x, i).cmp(&int_at(y, j))));
    }
    let scale = |ty: &ChType| if let ChType::Decimal(_, s) = ty { *s } else { 0 };
    let scale = scale(a).max(scale(b));
    Box::new(move |i, j| {
        let value = |array: &ArrayRef, at, ty: &ChType| unscaled(array, at, ty, scale).unwrap_or(i256::MAX);
        debug_assert!(i < x.len() && j < y.len());
        Some(value(x, i, a).cmp(&value(y, j, b)))
    })
}

/// Compares a whole number with a float without rounding either.
fn exact(array: &ArrayRef, at: usize, ty: &ChType, float: f64) -> Option<Ordering> {
    let rounded = as_float(array, at, ty).partial_cmp(&float)?;
    match (rounded, i256::from_f64(float)) {
        (Ordering::Equal, Some(whole)) => Some(unscaled(array, at, ty, 0)?.cmp(&whole)),
        _ => Some(rounded),
    }
}
