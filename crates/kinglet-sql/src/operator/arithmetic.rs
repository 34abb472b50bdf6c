//! `plus`, `minus`, `multiply`, `divide`, `intDiv`, `modulo` and their kin.

use arrow::array::ArrayRef;
use arrow::buffer::ScalarBuffer;
use arrow::datatypes::i256;
use kinglet_types::{
    ChType, ErrorCode, Result, SqlError, divide_type, int_div_type, minus_type, modulo_type, multiply_type,
    plus_type,
};

use super::lanes::{self, Lane, Plain, Width};
use super::{compound, date_arithmetic, states};
use crate::column_builder::ColumnBuilder;
use crate::conversion::{as_float, unscaled};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Plus,
    Minus,
    Multiply,
    Divide,
    IntDiv,
    Modulo,
}

/// An arithmetic function.
pub(super) struct Arithmetic {
    operation: Operation,
    /// Division by zero answers zero instead of an error.
    or_zero: bool,
    /// The remainder is never negative.
    positive: bool,
    spec: &'static Spec,
}

macro_rules! spec {
    ($name:literal, $case:ident, $summary:literal, $sql:literal, $answer:literal) => {
        &Spec {
            name: $name,
            aliases: alias($name),
            case: Case::$case,
            category: "arithmetic",
            syntax: concat!($name, "(a, b)"),
            summary: $summary,
            arguments: &[("a", "A number, date or time"), ("b", "A number or interval")],
            returns: "A type wide enough for the result, by ClickHouse's rules.",
            examples: &[Example { sql: $sql, answer: $answer }],
            ..Spec::EMPTY
        }
    };
}

/// Other names of a function.
const fn alias(name: &str) -> &'static [&'static str] {
    match name.as_bytes() {
        b"positiveModulo" => &["positive_modulo", "pmod"],
        _ => &[],
    }
}

const fn of(operation: Operation, spec: &'static Spec) -> Arithmetic {
    Arithmetic { operation, or_zero: false, positive: false, spec }
}

pub(super) static ALL: &[Arithmetic] = &[
    of(Operation::Plus, spec!("plus", Sensitive, "The sum, `a + b`.", "255 + 1", "256")),
    of(Operation::Minus, spec!("minus", Sensitive, "The difference, `a - b`.", "1 - 2", "-1")),
    of(Operation::Multiply, spec!("multiply", Sensitive, "The product, `a * b`.", "100 * 100", "10000")),
    of(Operation::Divide, spec!("divide", Sensitive, "The quotient as a float, `a / b`.", "7 / 2", "3.5")),
    of(
        Operation::IntDiv,
        spec!("intDiv", Sensitive, "The quotient cut to a whole number.", "intDiv(-7, 2)", "-3"),
    ),
    Arithmetic {
        or_zero: true,
        ..of(
            Operation::IntDiv,
            spec!(
                "intDivOrZero",
                Sensitive,
                "As intDiv, 0 for a division by zero.",
                "intDivOrZero(1, 0)",
                "0"
            ),
        )
    },
    of(
        Operation::Modulo,
        spec!("modulo", Sensitive, "The remainder, `a % b`, with the sign of a.", "-7 % 3", "-1"),
    ),
    of(Operation::Modulo, spec!("mod", Insensitive, "The remainder, `a % b`.", "mod(7, 3)", "1")),
    Arithmetic {
        or_zero: true,
        ..of(
            Operation::Modulo,
            spec!(
                "moduloOrZero",
                Sensitive,
                "As modulo, 0 for a division by zero.",
                "moduloOrZero(1, 0)",
                "0"
            ),
        )
    },
    Arithmetic {
        positive: true,
        ..of(
            Operation::Modulo,
            spec!(
                "positiveModulo",
                Insensitive,
                "The remainder that is not negative.",
                "positiveModulo(-7, 3)",
                "2"
            ),
        )
    },
];

impl Function for Arithmetic {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        let (a, b) = (args.ty(0), args.ty(1));
        let of_states = match self.operation {
            Operation::Plus => states::sum(args),
            Operation::Multiply => states::product(args).map(Ok),
            _ => None,
        };
        if let Some(result) = of_states {
            return result;
        }
        let part = |a: &ChType, b: &ChType| self.result_of(a, b);
        compound::result_type(a, b, self.kind(), &part).or_else(|| part(a, b)).ok_or_else(|| illegal(args))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (a, b) = (call.ty(0), call.ty(1));
        if let ChType::AggregateFunction(_) = call.result {
            return states::evaluate(call);
        }
        let part = |a: &ChType, b: &ChType| self.result_of(a, b);
        if part(a, b).is_none() && compound::result_type(a, b, self.kind(), &part).is_some() {
            return compound::evaluate(call, self.kind(), &part, &|call| self.evaluate(call));
        }
        if date_arithmetic::applies(a, b) {
            return date_arithmetic::evaluate(call, self.operation == Operation::Minus);
        }
        let wide = |ty: &ChType| ty.integer_bits().is_some_and(|(bits, _)| bits > 64);
        if call.result.is_decimal() {
            return self.decimals(call);
        }
        if call.result.is_float() || a.is_float() || b.is_float() {
            return self.floats(call);
        }
        if wide(call.result) || wide(a) || wide(b) || a.is_decimal() || b.is_decimal() {
            return self.wide(call);
        }
        self.ints(call)
    }
}

fn illegal(args: &Args<'_>) -> SqlError {
    let message =
        format!("Illegal types {} and {} of arguments of function {}", args.ty(0), args.ty(1), args.name);
    SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message)
}

fn by_zero() -> SqlError {
    SqlError::new(ErrorCode::ILLEGAL_DIVISION, "Division by zero")
}

impl Arithmetic {
    fn kind(&self) -> compound::Kind {
        match self.operation {
            Operation::Plus => compound::Kind::Additive { minus: false },
            Operation::Minus => compound::Kind::Additive { minus: true },
            Operation::Multiply => compound::Kind::Product,
            _ => compound::Kind::Quotient,
        }
    }

    fn result_of(&self, a: &ChType, b: &ChType) -> Option<ChType> {
        match self.operation {
            Operation::Plus => plus_type(a, b),
            Operation::Minus => minus_type(a, b),
            Operation::Multiply => multiply_type(a, b),
            Operation::Divide => divide_type(a, b),
            Operation::IntDiv => int_div_type(a, b),
            Operation::Modulo if self.positive => modulo_type(a, b).map(|ty| match b.integer_bits() {
                Some((bits, _)) if ty.is_integer() => ChType::integer(bits, false),
                _ => ty,
            }),
            Operation::Modulo => modulo_type(a, b),
        }
    }

    fn ints(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (a, b) = (call.ints(0)?, call.ints(1)?);
        let unsigned =
            |at: usize| call.ty(at).integer_bits().is_some_and(|(bits, signed)| bits == 64 && !signed);
        let (big_a, big_b) = (unsigned(0), unsigned(1));
        let least = least(call.ty(0));
        result::ints(call.result, call.rows, |row| {
            let (x, y) = (a.get(row), b.get(row));
            Ok(match self.operation {
                Operation::Plus => x.wrapping_add(y),
                Operation::Minus => x.wrapping_sub(y),
                Operation::Multiply => x.wrapping_mul(y),
                _ if y == 0 && self.or_zero => 0,
                _ if y == 0 => return Err(by_zero()),
                Operation::IntDiv if !big_a && y == -1 && i128::from(x) == least => {
                    return if self.or_zero { Ok(0) } else { Err(minimal()) };
                }
                _ => match (big_a, big_b) {
                    (false, false) => self.divided(x, y),
                    (true, true) => {
                        let (x, y) = (x as u64, y as u64);
                        (if self.operation == Operation::IntDiv { x / y } else { x % y }) as i64
                    }
                    _ => {
                        let wide = |v: i64, big: bool| if big { i128::from(v as u64) } else { i128::from(v) };
                        let (x, y) = (wide(x, big_a), wide(y, big_b));
                        match self.operation {
                            Operation::IntDiv => (x / y) as i64,
                            _ if self.positive => x.rem_euclid(y) as i64,
                            _ => (x % y) as i64,
                        }
                    }
                },
            })
        })
    }

    /// Quotient or remainder; `y` is not 0.
    fn divided(&self, x: i64, y: i64) -> i64 {
        match self.operation {
            Operation::IntDiv => x.wrapping_div(y),
            _ if self.positive => x.wrapping_rem_euclid(y),
            _ => x.wrapping_rem(y),
        }
    }

    fn floats(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let floats = |at: usize| {
            let column = call.arg(at)?;
            match column.ty.integer_bits() {
                // Numbers of 128 and 256 bits are bytes to Arrow.
                Some((65.., _)) => {
                    let values = (0..column.array.len()).map(|row| as_float(&column.array, row, &column.ty));
                    Ok::<_, SqlError>((values.collect(), column.constant))
                }
                _ => Ok((call.floats(at)?.into_values(), column.constant)),
            }
        };
        let ((left, one_left), (right, one_right)) = (floats(0)?, floats(1)?);
        let value = |values: &ScalarBuffer<f64>, one: bool, row: usize| {
            values.get(if one { 0 } else { row }).copied().unwrap_or(0.0)
        };
        let at = |row: usize| (value(&left, one_left, row), value(&right, one_right, row));
        if self.operation == Operation::IntDiv {
            return result::ints(call.result, call.rows, |row| match at(row) {
                (_, 0.0) if self.or_zero => Ok(0),
                (_, 0.0) => Err(by_zero()),
                (x, y) => Ok((x / y) as i64),
            });
        }
        result::floats(call.result, call.rows, |row| {
            let (x, y) = at(row);
            Ok(match self.operation {
                Operation::Plus => x + y,
                Operation::Minus => x - y,
                Operation::Multiply => x * y,
                Operation::Divide => x / y,
                _ if self.positive => x.rem_euclid(y),
                _ => x % y,
            })
        })
    }

    fn wide(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(call.result);
        let (left, right) = (call.arg(0)?, call.arg(1)?);
        // A quotient of decimals: both at the larger scale.
        let scale = |ty: &ChType| if let ChType::Decimal(_, scale) = ty.bare() { *scale } else { 0 };
        let common = scale(&left.ty).max(scale(&right.ty));
        let big = call.result.integer_bits().is_some_and(|(bits, _)| bits > 64);
        for row in 0..call.rows {
            let x = unscaled(&left.array, left.index(row), &left.ty, common).unwrap_or(i256::ZERO);
            let y = unscaled(&right.array, right.index(row), &right.ty, common).unwrap_or(i256::ZERO);
            let value = match self.operation {
                Operation::Plus => x.wrapping_add(y),
                Operation::Minus => x.wrapping_sub(y),
                Operation::Multiply => x.wrapping_mul(y),
                _ if y == i256::ZERO && self.or_zero => i256::ZERO,
                _ if y == i256::ZERO => return Err(by_zero()),
                Operation::Modulo => x.wrapping_rem(y),
                _ => x.wrapping_div(y),
            };
            if big { builder.append_wide(value) } else { builder.append_int(value.as_i128() as i64) }
        }
        builder.finish()
    }

    fn decimals(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ChType::Decimal(precision, scale) = *call.result.bare() else {
            return Err(call.illegal_column(0));
        };
        if let Some(column) = self.plain_decimals(call, precision, scale)? {
            return Ok(column);
        }
        let overflow = || SqlError::new(ErrorCode::DECIMAL_OVERFLOW, "Decimal math overflow");
        let own = |ty: &ChType| if let ChType::Decimal(_, scale) = ty.bare() { *scale } else { 0 };
        let (left, right) = (call.arg(0)?, call.arg(1)?);
        // The scales that make the plain integer operation give a result of `scale`.
        let (sa, sb) = match self.operation {
            // ClickHouse takes the remainder of the unscaled values.
            Operation::Multiply | Operation::Modulo => (own(&left.ty), own(&right.ty)),
            Operation::Divide | Operation::IntDiv => (scale.saturating_add(own(&right.ty)), own(&right.ty)),
            _ => (scale, scale),
        };
        let limit = match precision {
            0..=9 => i256::from_i128(i32::MAX.into()),
            10..=18 => i256::from_i128(i64::MAX.into()),
            19..=38 => i256::from_i128(i128::MAX),
            _ => i256::MAX,
        };
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let x = unscaled(&left.array, left.index(row), &left.ty, sa).ok_or_else(overflow)?;
            let y = unscaled(&right.array, right.index(row), &right.ty, sb).ok_or_else(overflow)?;
            let value = match self.operation {
                Operation::Plus => x.checked_add(y),
                Operation::Minus => x.checked_sub(y),
                // ClickHouse does not look for overflow in products of 128 and 256 bits.
                Operation::Multiply if precision > 38 => Some(x.wrapping_mul(y)),
                Operation::Multiply if precision > 18 => Some(low_half(x.wrapping_mul(y))),
                Operation::Multiply => x.checked_mul(y),
                _ if y == i256::ZERO && self.or_zero => Some(i256::ZERO),
                _ if y == i256::ZERO => return Err(by_zero()),
                Operation::Modulo => x.checked_rem(y),
                _ => x.checked_div(y),
            };
            let value = value.filter(|v| *v <= limit && *v >= limit.wrapping_neg()).ok_or_else(overflow)?;
            builder.append_wide(value);
        }
        builder.finish()
    }
}

impl Arithmetic {
    /// Sums, differences and products over whole columns, where they cannot overflow.
    fn plain_decimals(&self, call: &Call<'_>, precision: u8, scale: u8) -> Result<Option<ArrayRef>> {
        let op = match self.operation {
            Operation::Plus => Plain::Plus,
            Operation::Minus => Plain::Minus,
            Operation::Multiply => Plain::Multiply,
            _ => return Ok(None),
        };
        Ok(match precision {
            0..=18 => computed::<i64>(op, call, scale)?
                .and_then(|values| lanes::decimals_of_64(values, call.result)),
            19..=38 => computed::<i128>(op, call, scale)?
                .and_then(|values| lanes::decimals_of_128(values, call.result)),
            _ => None,
        })
    }
}

fn computed<T: Width>(op: Plain, call: &Call<'_>, scale: u8) -> Result<Option<Vec<T>>> {
    let lane = |at: usize| -> Result<Option<Lane<T>>> {
        let column = call.arg(at)?;
        let own = if let ChType::Decimal(_, scale) = column.ty.bare() { *scale } else { 0 };
        let missing = if op == Plain::Multiply { 0 } else { scale.saturating_sub(own) };
        Ok(Lane::new(column, missing))
    };
    let (Some(a), Some(b)) = (lane(0)?, lane(1)?) else { return Ok(None) };
    Ok(lanes::arithmetic(op, &a, &b, call.rows))
}

/// The lower 128 bits as a signed number.
fn low_half(value: i256) -> i256 {
    let bytes = value.to_le_bytes();
    bytes.first_chunk::<16>().map_or(value, |low| i256::from_i128(i128::from_le_bytes(*low)))
}

/// The least value of a signed type, which has no positive counterpart.
fn least(ty: &ChType) -> i128 {
    match ty.integer_bits() {
        Some((bits, true)) if bits <= 64 => -(1_i128 << (bits - 1)),
        _ => i128::MIN,
    }
}

fn minimal() -> SqlError {
    SqlError::new(ErrorCode::ILLEGAL_DIVISION, "Division of minimal signed number by minus one")
}
