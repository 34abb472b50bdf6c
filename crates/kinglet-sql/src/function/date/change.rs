//! Times with one part replaced.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment, per_second};
use crate::calendar::{civil_from_days, days_from_civil, from_local};
use crate::function::{Args, Call, result};
use crate::text::{GREATEST_DAY, LEAST_DAY};

/// A part of a time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// The type of the result.
pub(super) fn change_type(args: &Args<'_>, part: Part) -> Result<ChType> {
    args.expect_count(2..=2)?;
    let ty = expect_moment(args, 0)?;
    args.expect(1, |ty| ty.is_integer())?;
    Ok(match (ty, part) {
        (_, Part::Year | Part::Month | Part::Day) => ty.clone(),
        (ChType::Date, _) => ChType::DateTime(None),
        (ChType::Date32, _) => ChType::DateTime64(0, None),
        _ => ty.clone(),
    })
}

/// Replaces a part by argument 2; a value that is none gives the least time of the type.
pub(super) fn change(call: &Call<'_>, part: Part) -> Result<ArrayRef> {
    let (moments, values) = (Moments::read(call, 0, 9)?, call.ints(1)?);
    let unit = per_second(call.result);
    let (least, greatest): (i64, i64) = match call.result.bare() {
        ChType::Date => (0, 65_535),
        ChType::DateTime(_) => (0, 4_294_967_295),
        ChType::Date32 => (LEAST_DAY, GREATEST_DAY),
        _ => (LEAST_DAY * 86_400, GREATEST_DAY * 86_400 + 86_399),
    };
    result::ints(call.result, call.rows, |row| {
        let value = values.get(row);
        let (days, of_day) = (moments.days(row), moments.of_day(row));
        let (year, month, day) = civil_from_days(days);
        let changed = match part {
            Part::Year if (0..=9_999).contains(&value) => {
                Some((days_from_civil(value, month, 1) + i64::from(day) - 1, of_day))
            }
            Part::Month if (1..=12).contains(&value) => {
                Some((days_from_civil(year, value as u32, 1) + i64::from(day) - 1, of_day))
            }
            Part::Day if (1..=31).contains(&value) => {
                Some((days_from_civil(year, month, 1) + value - 1, of_day))
            }
            Part::Hour if (0..=23).contains(&value) => Some((days, value * 3_600 + of_day % 3_600)),
            Part::Minute if (0..=59).contains(&value) => {
                Some((days, of_day / 3_600 * 3_600 + value * 60 + of_day % 60))
            }
            Part::Second if (0..=59).contains(&value) => Some((days, of_day / 60 * 60 + value)),
            _ => None,
        };
        let whole = changed.map(|(days, of_day)| match unit {
            None => days,
            Some(_) => from_local(days * 86_400 + of_day, moments.zone),
        });
        let kept = whole.map_or(least, |whole| whole.clamp(least, greatest));
        Ok(match unit {
            None => kept,
            Some(unit) if whole == Some(kept) => {
                kept.saturating_mul(unit) + moments.nanoseconds(row) / (1_000_000_000 / unit)
            }
            Some(unit) => kept.saturating_mul(unit),
        })
    })
}
