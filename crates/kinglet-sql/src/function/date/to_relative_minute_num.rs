//! `toRelativeMinuteNum`: the number of minutes since a fixed point in the past.

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToRelativeMinuteNum;

static SPEC: Spec = Spec {
    name: "toRelativeMinuteNum",
    category: "date",
    syntax: "toRelativeMinuteNum(time[, zone])",
    summary: "The number of minutes since a fixed point in the past.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example {
        sql: "toRelativeMinuteNum(toDateTime('2024-02-29 13:45:10'))",
        answer: "28486905",
    }],
    ..Spec::EMPTY
};

impl Function for ToRelativeMinuteNum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok((moments.seconds(row).div_euclid(60)).max(0)))
    }
}
