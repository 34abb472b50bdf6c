//! `dateTrunc`: the beginning of the unit that holds the time.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use kinglet_types::{ErrorCode, IntervalUnit, SqlError};

use super::moments::{Moments, date_time_like, expect_moment};
use super::to_start_of_interval::start;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct DateTrunc;

static SPEC: Spec = Spec {
    name: "dateTrunc",
    aliases: &["date_trunc"],
    case: Case::Insensitive,
    category: "date",
    syntax: "dateTrunc(unit, time[, zone])",
    summary: "The beginning of the unit that holds the time.",
    arguments: &[
        ("unit", "String, constant: second to year"),
        ("time", "Date or DateTime"),
        ("zone", "String, constant"),
    ],
    returns: "Date for units from a week on, otherwise DateTime.",
    examples: &[
        Example {
            sql: "dateTrunc('hour', toDateTime('2024-02-29 13:45:10'))",
            answer: "2024-02-29 13:00:00",
        },
        Example { sql: "date_trunc('month', toDate('2024-02-29'))", answer: "2024-02-01" },
    ],
    ..Spec::EMPTY
};

impl Function for DateTrunc {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        let text = args.constant_text(0)?;
        let ty = expect_moment(args, 1)?;
        let unit = unit(&text).ok_or_else(|| {
            let message = format!("Function {} does not know the unit '{text}'", args.name);
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        })?;
        if is_long(unit) {
            let wide = matches!(ty, ChType::Date32 | ChType::DateTime64(..));
            return Ok(if wide { ChType::Date32 } else { ChType::Date });
        }
        let ChType::DateTime(zone) = date_time_like(args, 1, 2)? else { return Err(args.illegal(1)) };
        let digits = unit.fixed_nanoseconds().map_or(0, |length| match length {
            1_000_000 => 3,
            1_000 => 6,
            1 => 9,
            _ => 0,
        });
        let wide = digits > 0 || matches!(ty, ChType::Date32 | ChType::DateTime64(..));
        Ok(if wide { ChType::DateTime64(digits, zone) } else { ChType::DateTime(zone) })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let unit = call.arg(0)?.text_value().and_then(|text| unit(&text));
        let unit = unit.ok_or_else(|| call.illegal_column(0))?;
        let moments = Moments::read(call, 1, 2)?;
        result::ints(call.result, call.rows, |row| Ok(start(&moments, row, 1, unit, call.result)))
    }
}

fn unit(text: &str) -> Option<IntervalUnit> {
    IntervalUnit::parse(&text.to_ascii_lowercase())
}

fn is_long(unit: IntervalUnit) -> bool {
    matches!(unit, IntervalUnit::Week | IntervalUnit::Month | IntervalUnit::Quarter | IntervalUnit::Year)
}
