//! Dates and times to and from each other and numbers.

use arrow::array::{Array, ArrayRef};
use arrow::datatypes::i256;
use kinglet_types::{ChType, Result};

use super::numeric::{as_float, unscaled};
use super::{Failure, no_conversion};
use crate::calendar::{from_local, to_local};
use crate::column_builder::ColumnBuilder;
use crate::text::int_at;
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
            _ if is_temporal(from) => rescaled(int_at(array, row), stored(from), stored(to), to),
            _ => number_to_time(array, row, from, to, environment)?,
        };
        let clamped = in_range(ticks, to);
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

fn in_range(ticks: i64, to: &ChType) -> i64 {
    match to {
        ChType::Date => ticks.clamp(0, 65_535),
        ChType::Date32 => ticks.clamp(-25_567, 120_529),
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
            Ok(if number > 65_535 && !(*to == ChType::Date32 && number < 120_530) {
                to_local(number, environment.time_zone).div_euclid(86_400)
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
