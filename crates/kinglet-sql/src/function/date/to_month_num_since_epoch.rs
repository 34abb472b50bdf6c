//! `toMonthNumSinceEpoch`: number of months since January 1970.

use super::moments::{Moments, expect_moment_and_zone};
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToMonthNumSinceEpoch;

static SPEC: Spec = Spec {
    name: "toMonthNumSinceEpoch",
    category: "date",
    syntax: "toMonthNumSinceEpoch(time[, zone])",
    summary: "Number of months since January 1970.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example {
        sql: "toMonthNumSinceEpoch(toDateTime64('2024-02-29 13:45:10.123456789', 9))",
        answer: "649",
    }],
    ..Spec::EMPTY
};

impl Function for ToMonthNumSinceEpoch {
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
                (year - 1970) * 12 + i64::from(month) - 1
            })
        })
    }
}
