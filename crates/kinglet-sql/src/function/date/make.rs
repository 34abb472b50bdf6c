//! Times made of their parts.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{parse_zone, per_second};
use crate::calendar::{days_from_civil, from_local};
use crate::function::{Args, Call, result};

/// What is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Make {
    Date32,
    DateTime,
    DateTime64,
}

/// Checks the parts; the type of what is made.
pub(super) fn make_type(args: &Args<'_>, what: Make) -> Result<ChType> {
    let numbers = match what {
        Make::Date32 => {
            args.expect_count(2..=3)?;
            3
        }
        Make::DateTime => {
            args.expect_count(6..=7)?;
            6
        }
        Make::DateTime64 => {
            args.expect_count(6..=9)?;
            8
        }
    };
    for at in 0..args.len().min(numbers) {
        args.expect(at, |ty| ty.is_number() || ty.is_text())?;
    }
    let zone = if args.len() > numbers {
        let name = args.constant_text(numbers)?;
        parse_zone(&name)?;
        Some(name.as_str().into())
    } else {
        None
    };
    Ok(match what {
        Make::Date32 => ChType::Date32,
        Make::DateTime => ChType::DateTime(zone),
        Make::DateTime64 => {
            let digits = if args.len() > 7 { args.constant_int(7)? } else { 3 };
            ChType::DateTime64(digits.clamp(0, 9) as u8, zone)
        }
    })
}

/// Makes the column.
pub(super) fn make(call: &Call<'_>) -> Result<ArrayRef> {
    let parts = if matches!(call.result.bare(), ChType::DateTime(_)) { 6 } else { 7 };
    let numbers = (0..call.args.len().min(parts)).map(|at| call.floats(at)).collect::<Result<Vec<_>>>()?;
    let zone = call.environment.zone_of(call.result);
    let unit = per_second(call.result);
    let digits = match call.result.bare() {
        ChType::DateTime64(digits, _) => u32::from(*digits),
        _ => 0,
    };
    result::ints(call.result, call.rows, |row| {
        let at = |place: usize| numbers.get(place).map_or(0, |numbers| numbers.get(row) as i64);
        let (year, month, day) = (at(0), at(1), at(2));
        let years = match (unit, call.result.bare()) {
            (None, _) => 0..=9_999,
            (_, ChType::DateTime(_)) => 1_970..=2_106,
            _ => 1_900..=2_299,
        };
        let days = if call.args.len() == 2 {
            let length = days_from_civil(year + 1, 1, 1) - days_from_civil(year, 1, 1);
            (years.contains(&year) && (1..=length).contains(&month))
                .then(|| days_from_civil(year, 1, 1) + month - 1)
        } else {
            let valid = years.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
            valid.then(|| days_from_civil(year, month as u32, day as u32))
        };
        let Some(unit) = unit else { return Ok(days.unwrap_or(0)) };
        let clock = [3, 4, 5].iter().all(|place| (0..100).contains(&at(*place)));
        let local = days.filter(|_| clock).map(|days| days * 86_400 + at(3) * 3_600 + at(4) * 60 + at(5));
        let most = 10_i64.pow(digits) - 1;
        let fraction = at(6).clamp(0, most) * (unit / 10_i64.pow(digits)).max(1);
        Ok(match local {
            Some(local) => {
                let seconds = from_local(local, zone);
                if digits == 0 && matches!(call.result.bare(), ChType::DateTime(_)) {
                    seconds.clamp(0, i64::from(u32::MAX))
                } else {
                    seconds.saturating_mul(unit).saturating_add(fraction)
                }
            }
            None if matches!(call.result.bare(), ChType::DateTime(_)) => 0,
            // The least time of the type.
            None => (-25_567 * 86_400_i64).saturating_mul(unit),
        })
    })
}
