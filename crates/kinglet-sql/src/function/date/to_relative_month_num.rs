//! `toRelativeMonthNum`: the number of months since a fixed point in the past.

use super::moments::{Moments, expect_moment_and_zone};
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToRelativeMonthNum;

static SPEC: Spec = Spec {
    name: "toRelativeMonthNum",
    category: "date",
    syntax: "toRelativeMonthNum(time[, zone])",
    summary: "The number of months since a fixed point in the past.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toRelativeMonthNum(toDateTime('2024-02-29 13:45:10'))", answer: "24290" }],
    ..Spec::EMPTY
};

impl Function for ToRelativeMonthNum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| {
            Ok({
                let (year, month, _) = civil_from_days(moments.days(row));
                year * 12 + i64::from(month)
            })
        })
    }
}
