//! `toRelativeSecondNum`: seconds since 1970.

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToRelativeSecondNum;

static SPEC: Spec = Spec {
    name: "toRelativeSecondNum",
    category: "date",
    syntax: "toRelativeSecondNum(time[, zone])",
    summary: "Seconds since 1970.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toRelativeSecondNum(toDateTime('1970-01-01 00:00:09'))", answer: "9" }],
    ..Spec::EMPTY
};

impl Function for ToRelativeSecondNum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok((moments.seconds(row)).max(0)))
    }
}
