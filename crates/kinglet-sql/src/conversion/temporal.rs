//! Dates and times to and from each other and numbers.

use arrow::array::{Array, ArrayRef};
use arrow::datatypes::i256;
use kinglet_types::{ChType, Result};

use super::numeric::{as_float, unscaled};
use super::{Failure, no_conversion};
use crate::calendar::{from_local, to_local};
use crate::column_builder::ColumnBuilder;
use crate::text::{GREATEST_DAY, LEAST_DAY, int_at};
use crate::{Environment, stored_precision};

pub(super) fn is_temporal(ty: &ChType) -> bool {
    ty.is_date() || ty.is_date_time() || matches!(ty, ChType::Time | ChType::Time64(_))
}

/// Digits after the point of the stored unit of a time.
fn stored(ty: &ChType) -> u8 {
    match ty {
        ChType::DateTime64(precision, _) => stored_precision(*precision),
        ChType::Time64(precision) => *precision,
        _ => 0,
    }
}

fn power(digits: u8) -> i64 {
    10_i64.pow(digits.into())
}

pub(super) fn convert(
    array: &ArrayRef,
    from: &ChType,
    target: &ChType,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    let to = target.bare();
    let mut builder = ColumnBuilder::new(target);
    for row in 0..array.len() {
        if is_temporal(from) && !is_temporal(to) {
            to_number(array, row, from, to, &mut builder)?;
            continue;
        }
        let ticks = match (from, to) {
            (ChType::Date | ChType::Date32, ChType::Date | ChType::Date32) => int_at(array, row),
            (ChType::Date | ChType::Date32, _) if to.is_date_time() => {
                let local = int_at(array, row).saturating_mul(86_400);
                from_local(local, environment.zone_of(to)).saturating_mul(power(stored(to)))
            }
            (_, ChType::Date | ChType::Date32) if from.is_date_time() => {
                let seconds = int_at(array, row).div_euclid(power(stored(from)));
                to_local(seconds, environment.zone_of(from)).div_euclid(86_400)
            }
            (_, ChType::Time | ChType::Time64(_)) if from.is_date_time() => {
                let unit = power(stored(from));
                let ticks = int_at(array, row);
                let of_day = to_local(ticks.div_euclid(unit), environment.zone_of(from)).rem_euclid(86_400);
                rescaled(of_day * unit + ticks.rem_euclid(unit), stored(from), stored(to), to)
            }
            (ChType::Date | ChType::Date32, ChType::Time | ChType::Time64(_)) => 0,
            _ if is_temporal(from) => rescaled(int_at(array, row), stored(from), stored(to), to),
            _ => number_to_time(array, row, from, to, environment)?,
        };
        let clamped = if is_temporal(from) { narrowed(ticks, to) } else { in_range(ticks, to) };
        match (clamped == ticks, failure) {
            (false, Failure::Null | Failure::AccurateNull) => builder.append_null(),
            _ => builder.append_int(clamped),
        }
    }
    builder.finish()
}

/// Ticks in another unit; digits that `to` does not show are cut.
fn rescaled(ticks: i64, have: u8, wanted: u8, to: &ChType) -> i64 {
    let scaled = if have <= wanted {
        ticks.saturating_mul(power(wanted - have))
    } else {
        ticks.div_euclid(power(have - wanted))
    };
    match to {
        ChType::DateTime64(precision, _) => {
            let unit = power(wanted - precision);
            scaled.div_euclid(unit) * unit
        }
        _ => scaled,
    }
}

/// Dates and times keep the bits that their type has room for.
fn narrowed(ticks: i64, to: &ChType) -> i64 {
    match to {
        ChType::Date => i64::from(ticks as u16),
        ChType::DateTime(_) => i64::from(ticks as u32),
        _ => in_range(ticks, to),
    }
}

/// Numbers become the nearest date or time of the type.
fn in_range(ticks: i64, to: &ChType) -> i64 {
    match to {
        ChType::Date => ticks.clamp(0, 65_535),
        ChType::Date32 => ticks.clamp(LEAST_DAY, GREATEST_DAY),
        ChType::Time | ChType::Time64(_) => {
            let greatest = 3_599_999 * power(stored(to)) + power(stored(to)) - 1;
            ticks.clamp(-greatest, greatest)
        }
        ChType::DateTime64(..) => {
            let unit = power(stored(to));
            let (least, greatest) = (LEAST_DAY * 86_400, GREATEST_DAY * 86_400 + 86_399);
            ticks.clamp(least.saturating_mul(unit), greatest.saturating_mul(unit).saturating_add(unit - 1))
        }
        ChType::DateTime(_) => ticks.clamp(0, u32::MAX.into()),
        _ => ticks,
    }
}

fn number_to_time(
    array: &ArrayRef,
    row: usize,
    from: &ChType,
    to: &ChType,
    environment: &Environment,
) -> Result<i64> {
    if !from.is_number() && !matches!(from, ChType::Enum8(_) | ChType::Enum16(_)) {
        return Err(no_conversion(from, to));
    }
    match to {
        ChType::Date | ChType::Date32 => {
            let number = as_float(array, row, from) as i64;
            let most = if *to == ChType::Date { 65_535 } else { GREATEST_DAY };
            Ok(if number > most {
                to_local(number.min(u32::MAX.into()), environment.time_zone).div_euclid(86_400)
            } else {
                number
            })
        }
        _ => {
            let digits = stored(to);
            let exact = unscaled(array, row, from, digits).and_then(|value| value.to_i128());
            let ticks = exact.and_then(|v| i64::try_from(v).ok()).unwrap_or(i64::MAX);
            Ok(rescaled(ticks, digits, digits, to))
        }
    }
}

fn to_number(
    array: &ArrayRef,
    row: usize,
    from: &ChType,
    to: &ChType,
    builder: &mut ColumnBuilder,
) -> Result<()> {
    let ticks = int_at(array, row);
    let unit = power(stored(from));
    match to {
        ChType::Float32 | ChType::Float64 => builder.append_float(ticks as f64 / unit as f64),
        ChType::Decimal(_, scale) => {
            let have = stored(from);
            let ticks = i256::from_i128(ticks.into());
            let ten = i256::from_i128(10);
            let value = if have <= *scale {
                ticks.wrapping_mul(ten.wrapping_pow(u32::from(scale - have)))
            } else {
                ticks.wrapping_div(ten.wrapping_pow(u32::from(have - scale)))
            };
            builder.append_wide(value);
        }
        _ if to.integer_bits().is_some_and(|(bits, _)| bits > 64) => {
            builder.append_wide(i256::from_i128((ticks / unit).into()));
        }
        _ if to.is_integer() => builder.append_int(ticks / unit),
        _ => return Err(no_conversion(from, to)),
    }
    Ok(())
}
