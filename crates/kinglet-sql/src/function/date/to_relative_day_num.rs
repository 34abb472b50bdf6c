//! `toRelativeDayNum`: days since 1970-01-01.

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToRelativeDayNum;

static SPEC: Spec = Spec {
    name: "toRelativeDayNum",
    category: "date",
    syntax: "toRelativeDayNum(time[, zone])",
    summary: "Days since 1970-01-01.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toRelativeDayNum(toDate('1970-01-03'))", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for ToRelativeDayNum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok((moments.days(row)).max(0)))
    }
}
