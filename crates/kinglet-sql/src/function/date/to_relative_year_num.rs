//! `toRelativeYearNum`: the year.

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToRelativeYearNum;

static SPEC: Spec = Spec {
    name: "toRelativeYearNum",
    category: "date",
    syntax: "toRelativeYearNum(time[, zone])",
    summary: "The year.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt16",
    examples: &[Example { sql: "toRelativeYearNum(toDate('2024-02-29'))", answer: "2024" }],
    ..Spec::EMPTY
};

impl Function for ToRelativeYearNum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(crate::calendar::civil_from_days(moments.days(row)).0))
    }
}
