//! Dates and times plus and minus numbers, intervals and each other.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, IntervalUnit, Result};

use crate::calendar::{add_months, from_local, split_day, to_local};
use crate::conversion::{Failure, convert};
use crate::function::{Call, Column, result};
use crate::text::int_at;
use crate::{Environment, stored_precision};

/// Whether an operation on these types is one of dates, times or intervals.
pub(super) fn applies(a: &ChType, b: &ChType) -> bool {
    let temporal = |ty: &ChType| ty.is_date() || ty.is_date_time() || matches!(ty, ChType::Interval(_));
    (temporal(a) || temporal(b))
        && !(matches!(a, ChType::Interval(_)) && b.is_number())
        && !(a.is_number() && matches!(b, ChType::Interval(_)))
}

/// `a + b`, or `a - b`.
pub(super) fn evaluate(call: &Call<'_>, minus: bool) -> Result<ArrayRef> {
    let (left, right) = (call.arg(0)?, call.arg(1)?);
    if let (ChType::Interval(_), ChType::Interval(_)) = (&left.ty, &right.ty) {
        return result::ints(call.result, call.rows, |row| {
            let (x, y) = (int_at(&left.array, left.index(row)), int_at(&right.array, right.index(row)));
            Ok(if minus { x.wrapping_sub(y) } else { x.wrapping_add(y) })
        });
    }
    let moved = |ty: &ChType| ty.is_date() || ty.is_date_time() || ty.is_text();
    let (date, other) = if moved(&left.ty) { (left, right) } else { (right, left) };
    match &other.ty {
        ChType::Interval(unit) => shift(call, date, other, *unit, minus),
        ty if ty.is_date() || ty.is_date_time() => difference(call, left, right),
        _ => add_number(call, date, other, minus),
    }
}

fn add_number(call: &Call<'_>, date: &Column, number: &Column, minus: bool) -> Result<ArrayRef> {
    let unit = match call.result.bare() {
        ChType::DateTime64(precision, _) => 10_i64.pow(stored_precision(*precision).into()),
        _ => 1,
    };
    let float = number.ty.is_float();
    result::ints(call.result, call.rows, |row| {
        let amount = if float {
            (crate::conversion::as_float(&number.array, number.index(row), &number.ty) * unit as f64) as i64
        } else {
            int_at(&number.array, number.index(row)).wrapping_mul(unit)
        };
        let ticks = int_at(&date.array, date.index(row));
        let moved = if minus { ticks.wrapping_sub(amount) } else { ticks.wrapping_add(amount) };
        Ok(wrapped(moved, call.result))
    })
}

/// Values past the range of Date and DateTime wrap, as the narrow integers of ClickHouse do.
fn wrapped(ticks: i64, ty: &ChType) -> i64 {
    match ty.bare() {
        ChType::Date => i64::from(ticks as u16),
        ChType::DateTime(_) => i64::from(ticks as u32),
        _ => ticks,
    }
}

fn difference(call: &Call<'_>, left: &Column, right: &Column) -> Result<ArrayRef> {
    let digits = |ty: &ChType| if let ChType::DateTime64(p, _) = ty { stored_precision(*p) } else { 0 };
    if let ChType::Decimal(_, scale) = call.result {
        let mut builder = crate::ColumnBuilder::new(call.result);
        let scaled = |column: &Column, row: usize| {
            let ticks = i128::from(int_at(&column.array, column.index(row)));
            let have = digits(&column.ty);
            if have <= *scale {
                ticks * 10_i128.pow(u32::from(scale - have))
            } else {
                ticks / 10_i128.pow(u32::from(have - scale))
            }
        };
        for row in 0..call.rows {
            builder.append_wide(arrow::datatypes::i256::from_i128(scaled(left, row) - scaled(right, row)));
        }
        return builder.finish();
    }
    result::ints(call.result, call.rows, |row| {
        Ok(int_at(&left.array, left.index(row)) - int_at(&right.array, right.index(row)))
    })
}

fn shift(
    call: &Call<'_>,
    date: &Column,
    amount: &Column,
    unit: IntervalUnit,
    minus: bool,
) -> Result<ArrayRef> {
    // The date in the type of the result first: a Date and hours make a DateTime.
    let environment = call.environment;
    let base = convert(&date.array, &date.ty, call.result, Failure::Error, environment)?;
    let base = Column { ty: call.result.clone(), array: base, constant: date.constant };
    result::ints(call.result, call.rows, |row| {
        let ticks = int_at(&base.array, base.index(row));
        let count = int_at(&amount.array, amount.index(row));
        let count = if minus { count.wrapping_neg() } else { count };
        Ok(wrapped(add_interval(ticks, call.result, count, unit, environment), call.result))
    })
}

/// A date or time in stored units of `ty`, moved by `count` units of the calendar or the clock.
pub(crate) fn add_interval(
    ticks: i64,
    ty: &ChType,
    count: i64,
    unit: IntervalUnit,
    environment: &Environment,
) -> i64 {
    let moved = unbounded(ticks, ty, count, unit, environment);
    // Steps of the calendar stop at the first day of the type; those of the clock go round.
    let calendar = matches!(unit, IntervalUnit::Month | IntervalUnit::Quarter | IntervalUnit::Year);
    if calendar && moved < 0 && matches!(ty.bare(), ChType::Date | ChType::DateTime(_)) {
        return 0;
    }
    // Dates are kept in 16 bits and seconds in 32, and wrap as in ClickHouse.
    match ty.bare() {
        ChType::Date => (moved as u16).into(),
        ChType::DateTime(_) => (moved as u32).into(),
        ChType::Date32 => moved.clamp(crate::text::LEAST_DAY, crate::text::GREATEST_DAY),
        _ => moved,
    }
}

fn unbounded(ticks: i64, ty: &ChType, count: i64, unit: IntervalUnit, environment: &Environment) -> i64 {
    let months = match unit {
        IntervalUnit::Month => Some(1),
        IntervalUnit::Quarter => Some(3),
        IntervalUnit::Year => Some(12),
        _ => None,
    };
    let days = match unit {
        IntervalUnit::Day => Some(1),
        IntervalUnit::Week => Some(7),
        _ => None,
    };
    if ty.is_date() {
        return match (months, days) {
            (Some(months), _) => add_months(ticks, count.saturating_mul(months)),
            (_, Some(days)) => ticks.saturating_add(count.saturating_mul(days)),
            _ => ticks,
        };
    }
    let digits = if let ChType::DateTime64(p, _) = ty.bare() { stored_precision(*p) } else { 0 };
    let per_second = 10_i64.pow(digits.into());
    if months.is_none() && days.is_none() {
        let nanoseconds = unit.fixed_nanoseconds().unwrap_or(0);
        let tick = 1_000_000_000 / per_second;
        let step = if nanoseconds >= tick {
            i128::from(count) * i128::from(nanoseconds / tick)
        } else {
            i128::from(count) * i128::from(nanoseconds) / i128::from(tick)
        };
        return (i128::from(ticks) + step) as i64;
    }
    let zone = environment.zone_of(ty);
    let (seconds, fraction) = (ticks.div_euclid(per_second), ticks.rem_euclid(per_second));
    let (day, of_day) = split_day(to_local(seconds, zone));
    let day = match (months, days) {
        (Some(months), _) => add_months(day, count.saturating_mul(months)),
        (_, Some(days)) => day.saturating_add(count.saturating_mul(days)),
        _ => day,
    };
    let local = day.saturating_mul(86_400).saturating_add(of_day);
    from_local(local, zone).saturating_mul(per_second).saturating_add(fraction)
}
