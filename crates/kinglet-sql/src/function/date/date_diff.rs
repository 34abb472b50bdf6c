//! `dateDiff`: the number of units between two times.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, IntervalUnit, Result, SqlError};

use super::moments::{Moments, expect_moment};
use super::round;
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct DateDiff;

static SPEC: Spec = Spec {
    name: "dateDiff",
    aliases: &["date_diff", "DATE_DIFF", "timestampDiff", "timestamp_diff", "TIMESTAMP_DIFF"],
    case: Case::Insensitive,
    category: "date",
    syntax: "dateDiff(unit, start, end[, zone])",
    summary: "How many boundaries of the unit lie between the times; negative if the end is earlier.",
    arguments: &[
        ("unit", "String, constant: second, minute, hour, day, week, month, quarter, year"),
        ("start", "Date or DateTime"),
        ("end", "Date or DateTime"),
        ("zone", "String, constant"),
    ],
    returns: "Int64",
    examples: &[
        Example { sql: "dateDiff('day', toDate('2024-02-28'), toDate('2024-03-01'))", answer: "2" },
        Example { sql: "dateDiff('month', toDate('2024-01-31'), toDate('2024-02-01'))", answer: "1" },
    ],
    ..Spec::EMPTY
};

impl Function for DateDiff {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        between_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        between(call, |start, end, row, unit| ordinal(end, row, unit) - ordinal(start, row, unit))
    }
}

/// Checks a unit, two times and maybe a zone.
pub(super) fn between_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(3..=4)?;
    let unit = args.constant_text(0)?;
    if IntervalUnit::parse(&unit).is_none() {
        let message = format!("Function {} does not support '{unit}' unit", args.name);
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    }
    expect_moment(args, 1)?;
    expect_moment(args, 2)?;
    Ok(ChType::Int64)
}

/// What `count` makes of the two times of each row and the unit.
pub(super) fn between(
    call: &Call<'_>,
    count: impl Fn(&Moments, &Moments, usize, IntervalUnit) -> i64,
) -> Result<ArrayRef> {
    let unit = call.arg(0)?.text_value().and_then(|unit| IntervalUnit::parse(&unit));
    let unit = unit.ok_or_else(|| call.illegal_column(0))?;
    let (start, end) = (Moments::read(call, 1, 3)?, Moments::read(call, 2, 3)?);
    result::ints(call.result, call.rows, |row| Ok(count(&start, &end, row, unit)))
}

/// Number of the unit that holds the time, counted from any fixed point.
fn ordinal(moments: &Moments, row: usize, unit: IntervalUnit) -> i64 {
    let months = || {
        let (year, month, _) = civil_from_days(moments.days(row));
        year * 12 + i64::from(month) - 1
    };
    let ticks = |per_second: i64| {
        moments.seconds(row).saturating_mul(per_second)
            + moments.nanoseconds(row) / (1_000_000_000 / per_second)
    };
    match unit {
        IntervalUnit::Year => months().div_euclid(12),
        IntervalUnit::Quarter => months().div_euclid(3),
        IntervalUnit::Month => months(),
        IntervalUnit::Week => (round::monday(moments.days(row)) + 3).div_euclid(7),
        IntervalUnit::Day => moments.days(row),
        // Counted along the clock of the world: a day of 23 hours has 23.
        IntervalUnit::Hour => {
            let offset = moments.local(row) - moments.seconds(row);
            (moments.seconds(row) + offset.rem_euclid(3_600)).div_euclid(3_600)
        }
        IntervalUnit::Minute => moments.seconds(row).div_euclid(60),
        IntervalUnit::Second => moments.seconds(row),
        IntervalUnit::Millisecond => ticks(1_000),
        IntervalUnit::Microsecond => ticks(1_000_000),
        IntervalUnit::Nanosecond => ticks(1_000_000_000),
    }
}
