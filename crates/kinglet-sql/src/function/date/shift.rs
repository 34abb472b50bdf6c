//! Times moved by a number of units.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, IntervalUnit, Result, SqlError};

use super::moments::expect_moment;
use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, result};
use crate::operator::add_interval;
use crate::text::int_at;

/// The type of a time moved by `unit`: that of the time, but a Date moved by a unit of the clock is a DateTime.
pub(super) fn shifted_type(args: &Args<'_>, unit: IntervalUnit) -> Result<ChType> {
    args.expect(1, ChType::is_number)?;
    if args.ty(0).is_text() {
        return Ok(ChType::DateTime64(fraction(unit).max(3), None));
    }
    let ty = expect_moment(args, 0)?;
    Ok(match (ty, unit.fixed_nanoseconds()) {
        (ChType::Date, Some(length)) if length < 1_000_000_000 => ChType::DateTime64(fraction(unit), None),
        (ChType::Date, Some(_)) => ChType::DateTime(None),
        (ChType::Date32, Some(_)) => ChType::DateTime64(fraction(unit).max(3), None),
        (ChType::DateTime(zone), Some(length)) if length < 1_000_000_000 => {
            ChType::DateTime64(fraction(unit), zone.clone())
        }
        (ChType::DateTime64(digits, zone), Some(_)) => {
            ChType::DateTime64((*digits).max(fraction(unit)), zone.clone())
        }
        _ => ty.clone(),
    })
}

/// Checks that the numbers of argument 2 fit 64 bits.
///
/// # Errors
/// 407 for infinities and numbers past the end.
fn expect_whole(call: &Call<'_>) -> Result<()> {
    let ty = call.ty(1).bare();
    let limit = 9_223_372_036_854_775_808_f64;
    if !ty.is_float() && *ty != ChType::UInt64 {
        return Ok(());
    }
    let numbers = call.floats(1)?;
    if (0..call.rows).all(|row| numbers.get(row).abs() < limit) {
        return Ok(());
    }
    Err(SqlError::new(ErrorCode::DECIMAL_OVERFLOW, "Numeric overflow"))
}

/// Digits after the point of a second that a unit needs.
fn fraction(unit: IntervalUnit) -> u8 {
    match unit {
        IntervalUnit::Millisecond => 3,
        IntervalUnit::Microsecond => 6,
        IntervalUnit::Nanosecond => 9,
        _ => 0,
    }
}

/// Moves argument 1 by the number in argument 2, after `sign`.
pub(super) fn shift(call: &Call<'_>, unit: IntervalUnit, sign: impl Fn(i64) -> i64) -> Result<ArrayRef> {
    let (time, counts) = (call.arg(0)?, call.ints(1)?);
    expect_whole(call)?;
    let base = convert(&time.array, &time.ty, call.result, Failure::Error, call.environment)?;
    result::ints(call.result, call.rows, |row| {
        let ticks = int_at(&base, time.index(row));
        Ok(add_interval(ticks, call.result, sign(counts.get(row)), unit, call.environment))
    })
}
