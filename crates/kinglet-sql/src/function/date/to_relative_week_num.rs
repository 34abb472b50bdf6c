//! `toRelativeWeekNum`: the number of weeks since a fixed point in the past.

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToRelativeWeekNum;

static SPEC: Spec = Spec {
    name: "toRelativeWeekNum",
    category: "date",
    syntax: "toRelativeWeekNum(time[, zone])",
    summary: "The number of weeks since a fixed point in the past.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toRelativeWeekNum(toDateTime('2024-02-29 13:45:10'))", answer: "2826" }],
    ..Spec::EMPTY
};

impl Function for ToRelativeWeekNum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(((moments.days(row) + 3).div_euclid(7)).max(0)))
    }
}
