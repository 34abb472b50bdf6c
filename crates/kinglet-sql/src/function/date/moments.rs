//! Dates and times as local calendar days and seconds.

use kinglet_types::{ChType, Result, SqlError};

use crate::calendar::{from_local, split_day, to_local};
use crate::function::{Args, Call, Ints};
use crate::stored_precision;
use chrono_tz::Tz;

/// Reads a column of dates or times.
pub(super) struct Moments {
    values: Ints,
    /// Stored units of a second; `None` for dates, which are days.
    per_second: Option<i64>,
    /// The zone that local times are in.
    pub(super) zone: Tz,
}

impl Moments {
    /// Reads argument `at`; its zone is that of the constant text at `zone_at`, if there is one, or of its type.
    pub(super) fn read(call: &Call<'_>, at: usize, zone_at: usize) -> Result<Self> {
        let ty = call.ty(at);
        let zone = match call.args.get(zone_at) {
            Some(column) if column.ty.is_text() => parse_zone(&column.text_value().unwrap_or_default())?,
            _ => call.environment.zone_of(ty),
        };
        Ok(Self { values: call.ints(at)?, per_second: per_second(ty), zone })
    }

    /// Seconds since the epoch, rounded down; a date is its local midnight.
    pub(super) fn seconds(&self, row: usize) -> i64 {
        let value = self.values.get(row);
        match self.per_second {
            // Most times are whole seconds; a division is what costs.
            Some(1) => value,
            Some(unit) => value.div_euclid(unit),
            None => from_local(value.saturating_mul(86_400), self.zone),
        }
    }

    /// Local seconds, as if the zone were UTC.
    pub(super) fn local(&self, row: usize) -> i64 {
        match self.per_second {
            Some(_) => to_local(self.seconds(row), self.zone),
            None => self.values.get(row).saturating_mul(86_400),
        }
    }

    /// Local days since 1970-01-01.
    pub(super) fn days(&self, row: usize) -> i64 {
        split_day(self.local(row)).0
    }

    /// Seconds of the local day.
    pub(super) fn of_day(&self, row: usize) -> i64 {
        split_day(self.local(row)).1
    }

    /// Nanoseconds of the second.
    pub(super) fn nanoseconds(&self, row: usize) -> i64 {
        self.per_second.map_or(0, |unit| self.values.get(row).rem_euclid(unit) * (1_000_000_000 / unit))
    }
}

/// Stored units of a second of a time; `None` for other types.
pub(super) fn per_second(ty: &ChType) -> Option<i64> {
    match ty.bare() {
        ChType::DateTime(_) => Some(1),
        ChType::DateTime64(precision, _) => Some(10_i64.pow(stored_precision(*precision).into())),
        _ => None,
    }
}

/// The zone called `name`.
///
/// # Errors
/// 36 for a name that is none.
pub(super) fn parse_zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| {
        SqlError::new(kinglet_types::ErrorCode::BAD_ARGUMENTS, format!("Cannot load time zone {name}"))
    })
}

/// The zone that a constant argument names, if there is one.
///
/// # Errors
/// 36 for a name that is none, 43 or 44 for another argument.
pub(super) fn zone_argument(args: &Args<'_>, at: usize) -> Result<Option<std::sync::Arc<str>>> {
    if args.len() <= at {
        return Ok(None);
    }
    let name = args.constant_text(at)?;
    parse_zone(&name)?;
    Ok(Some(name.as_str().into()))
}

/// Checks that argument `at` is a date or time.
pub(super) fn expect_moment<'a>(args: &Args<'a>, at: usize) -> Result<&'a ChType> {
    args.expect(at, |ty| ty.is_date() || ty.is_date_time())
}

/// Checks that there is a date or time, and nothing but a zone after it.
pub(super) fn expect_moment_and_zone(args: &Args<'_>) -> Result<()> {
    args.expect_count(1..=2)?;
    expect_moment(args, 0)?;
    if args.len() == 2 {
        args.expect(1, ChType::is_text)?;
        args.expect_constant(1)?;
    }
    Ok(())
}

/// A DateTime in the zone given as argument `zone_at`, or in that of argument `at`.
pub(super) fn date_time_like(args: &Args<'_>, at: usize, zone_at: usize) -> Result<ChType> {
    let zone = if args.len() > zone_at {
        let name = args.constant_text(zone_at)?;
        parse_zone(&name)?;
        Some(name.as_str().into())
    } else {
        args.ty(at).time_zone().map(Into::into)
    };
    Ok(ChType::DateTime(zone))
}
