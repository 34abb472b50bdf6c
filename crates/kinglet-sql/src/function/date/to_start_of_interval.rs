//! `toStartOfInterval`: the beginning of an interval of any length.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, IntervalUnit, Result, SqlError};

use super::moments::{Moments, date_time_like, expect_moment, per_second};
use super::round;
use crate::calendar::from_local;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToStartOfInterval;

static SPEC: Spec = Spec {
    name: "toStartOfInterval",
    aliases: &["date_bin", "time_bucket"],
    category: "date",
    syntax: "toStartOfInterval(time, INTERVAL n unit[, zone | origin])",
    summary: "The beginning of the interval that holds the time. Intervals of a week and more are counted in days, shorter ones from the local midnight of 1970-01-01.",
    arguments: &[
        ("time", "Date or DateTime"),
        ("interval", "constant INTERVAL"),
        ("zone", "String, constant"),
    ],
    returns: "Date for units from a week on; DateTime or DateTime64 for shorter ones.",
    examples: &[
        Example {
            sql: "toStartOfInterval(toDateTime('2024-02-29 13:47:10'), INTERVAL 15 MINUTE)",
            answer: "2024-02-29 13:45:00",
        },
        Example {
            sql: "toStartOfInterval(toDateTime('2024-02-29 13:47:10'), INTERVAL 1 MONTH)",
            answer: "2024-02-01",
        },
    ],
    ..Spec::EMPTY
};

impl Function for ToStartOfInterval {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=4)?;
        let ty = expect_moment(args, 0)?;
        let ChType::Interval(unit) = args.expect(1, |ty| matches!(ty, ChType::Interval(_)))? else {
            return Err(args.illegal(1));
        };
        if args.len() > 2 && !args.ty(2).is_text() {
            args.expect(2, |origin| {
                origin.bare() == ty.bare() || origin.is_date_time() && ty.is_date_time()
            })?;
            args.expect_constant(2)?;
            return Ok(ty.clone());
        }
        match unit {
            IntervalUnit::Week | IntervalUnit::Month | IntervalUnit::Quarter | IntervalUnit::Year => {
                Ok(if matches!(ty, ChType::Date32) { ChType::Date32 } else { ChType::Date })
            }
            IntervalUnit::Day if ty.is_date() => Ok(ty.clone()),
            IntervalUnit::Millisecond => Ok(ChType::DateTime64(3, ty.time_zone().map(Into::into))),
            IntervalUnit::Microsecond => Ok(ChType::DateTime64(6, ty.time_zone().map(Into::into))),
            IntervalUnit::Nanosecond => Ok(ChType::DateTime64(9, ty.time_zone().map(Into::into))),
            _ => date_time_like(args, 0, 2),
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let by_origin = call.args.len() > 2 && !call.ty(2).is_text();
        let moments = Moments::read(call, 0, if by_origin { usize::MAX } else { 2 })?;
        let count = call.ints(1)?.get(0);
        if count <= 0 {
            let message = format!("Value for function {} must be positive", call.name);
            return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
        }
        let ChType::Interval(unit) = call.ty(1) else { return Err(call.illegal_column(1)) };
        if by_origin {
            return from_origin(call, count, *unit);
        }
        result::ints(call.result, call.rows, |row| Ok(start(&moments, row, count, *unit, call.result)))
    }
}

/// The beginnings of intervals counted from argument 3.
fn from_origin(call: &Call<'_>, count: i64, unit: IntervalUnit) -> Result<ArrayRef> {
    let (times, origins) = (call.ints(0)?, call.ints(2)?);
    let stored = per_second(call.result).unwrap_or(1);
    result::ints(call.result, call.rows, |row| {
        let (time, origin) = (times.get(row), origins.get(row));
        if time < origin {
            let message = format!("Argument 3 of function {} must not be later than the time", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let moved = |steps: i64| {
            crate::operator::add_interval(
                origin,
                call.result,
                steps.saturating_mul(count),
                unit,
                call.environment,
            )
        };
        // As many steps as surely are not too many, then on by single ones.
        let longest = match unit {
            IntervalUnit::Year => 366,
            IntervalUnit::Quarter => 92,
            IntervalUnit::Month => 31,
            IntervalUnit::Week => 7,
            _ => 1,
        };
        let span = if call.result.is_date() { time - origin } else { (time - origin) / stored / 86_400 };
        let mut steps = match unit.fixed_nanoseconds() {
            Some(length) if !call.result.is_date() => {
                let tick = 1_000_000_000 / stored;
                (i128::from(time - origin) * i128::from(tick) / i128::from(length.max(1)) / i128::from(count))
                    as i64
            }
            _ => (span / longest / count - 1).max(0),
        };
        while moved(steps + 1) <= time && moved(steps + 1) > moved(steps) {
            steps += 1;
        }
        Ok(moved(steps))
    })
}

/// The beginning of the interval in stored units of `result`.
pub(super) fn start(moments: &Moments, row: usize, count: i64, unit: IntervalUnit, result: &ChType) -> i64 {
    if result.is_date() {
        return round::clamped(round::interval_of_days(moments.days(row), count, unit), result);
    }
    let stored = per_second(result).unwrap_or(1);
    match unit.fixed_nanoseconds() {
        Some(length) if length < 1_000_000_000 => {
            let ticks = moments.seconds(row) * stored + moments.nanoseconds(row) / (1_000_000_000 / stored);
            let step = (length / (1_000_000_000 / stored)).max(1).saturating_mul(count);
            ticks.div_euclid(step) * step
        }
        Some(length) => {
            let step = (length / 1_000_000_000).saturating_mul(count);
            // Hours are counted from the local midnight, also on the day on which clocks change.
            if unit == IntervalUnit::Hour {
                let since = moments.of_day(row).rem_euclid(step);
                if moments.zone == chrono_tz::Tz::UTC {
                    moments.seconds(row) - since
                } else {
                    from_local(moments.local(row) - since, moments.zone)
                }
            } else {
                moments.seconds(row) - moments.local(row).rem_euclid(step)
            }
        }
        None => from_local(
            round::interval_of_days(moments.days(row), count, unit).saturating_mul(86_400),
            moments.zone,
        ),
    }
}
