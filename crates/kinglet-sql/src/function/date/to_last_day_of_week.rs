//! `toLastDayOfWeek`: the last day of the week: Saturday for even modes, Sunday for odd ones.

use super::moments::{Moments, expect_moment};
use super::round;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToLastDayOfWeek;

static SPEC: Spec = Spec {
    name: "toLastDayOfWeek",
    category: "date",
    syntax: "toLastDayOfWeek(time[, mode[, zone]])",
    summary: "The last day of the week: Saturday for even modes, Sunday for odd ones.",
    arguments: &[("time", "Date or DateTime"), ("mode", "Integer")],
    returns: "Date, or Date32 for Date32 and DateTime64",
    examples: &[Example { sql: "toLastDayOfWeek(toDate('2024-02-29'))", answer: "2024-03-02" }],
    ..Spec::EMPTY
};

impl Function for ToLastDayOfWeek {
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
            Ok((round::week(moments.days(row), mode) + 6).clamp(0, 65_535))
        })
    }
}
