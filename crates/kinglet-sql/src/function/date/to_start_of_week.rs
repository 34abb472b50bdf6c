//! `toStartOfWeek`: the first day of the week.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment};
use super::round;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToStartOfWeek;

static SPEC: Spec = Spec {
    name: "toStartOfWeek",
    category: "date",
    syntax: "toStartOfWeek(time[, mode[, zone]])",
    summary: "The first day of the week: a Sunday, or a Monday with an odd mode.",
    arguments: &[("time", "Date or DateTime"), ("mode", "0 to 9"), ("zone", "String, constant")],
    returns: "Date",
    examples: &[
        Example { sql: "toStartOfWeek(toDate('2024-02-29'))", answer: "2024-02-25" },
        Example { sql: "toStartOfWeek(toDate('2024-02-29'), 1)", answer: "2024-02-26" },
    ],
    ..Spec::EMPTY
};

impl Function for ToStartOfWeek {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        expect_moment(args, 0)?;
        Ok(ChType::Date)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 2)?;
        let mode = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
        result::ints(call.result, call.rows, |row| {
            Ok(round::clamped(round::week(moments.days(row), mode), call.result))
        })
    }
}
