//! Times written as decimal numbers.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::per_second;
use crate::calendar::{days_from_civil, days_in_month, from_local};
use crate::function::{Args, Call, result};

/// Checks that there is a number.
pub(super) fn expect_number(args: &Args<'_>, most: usize) -> Result<()> {
    args.expect_count(1..=most)?;
    args.expect(0, |ty| ty.is_number())?;
    Ok(())
}

/// The day of YYYYMMDD, if there is one from 1900 to 2299.
fn day(number: i64) -> Option<i64> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let valid = (1_900..=2_299).contains(&year)
        && (1..=12).contains(&month)
        && (1..=i64::from(days_in_month(year, month as u32))).contains(&day);
    valid.then(|| days_from_civil(year, month as u32, day as u32))
}

/// Dates of YYYYMMDD; 1970-01-01 where there is none.
pub(super) fn dates(call: &Call<'_>) -> Result<ArrayRef> {
    let numbers = call.floats(0)?;
    let narrow = *call.result == ChType::Date;
    result::ints(call.result, call.rows, |row| {
        let days = day(numbers.get(row) as i64).filter(|day| !narrow || (0..=65_535).contains(day));
        Ok(days.unwrap_or(0))
    })
}

/// Times of YYYYMMDDhhmmss; the epoch where there is none.
pub(super) fn times(call: &Call<'_>) -> Result<ArrayRef> {
    let numbers = call.floats(0)?;
    let (zone, unit) = (call.environment.zone_of(call.result), per_second(call.result).unwrap_or(1));
    let narrow = matches!(call.result, ChType::DateTime(_));
    result::ints(call.result, call.rows, |row| {
        let number = numbers.get(row) as i64;
        let (hour, minute, second) = (number / 10_000 % 100, number / 100 % 100, number % 100);
        let days = day(number / 1_000_000).filter(|_| hour < 24 && minute < 60 && second < 60);
        let seconds = days.map(|days| from_local(days * 86_400 + hour * 3_600 + minute * 60 + second, zone));
        let seconds = seconds.filter(|seconds| !narrow || (0..=i64::from(u32::MAX)).contains(seconds));
        Ok(seconds.unwrap_or(0).saturating_mul(unit))
    })
}
