//! `toYearNumSinceEpoch`: number of years since 1970.

use super::moments::{Moments, expect_moment_and_zone};
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToYearNumSinceEpoch;

static SPEC: Spec = Spec {
    name: "toYearNumSinceEpoch",
    category: "date",
    syntax: "toYearNumSinceEpoch(time[, zone])",
    summary: "Number of years since 1970.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt16",
    examples: &[Example {
        sql: "toYearNumSinceEpoch(toDateTime64('2024-02-29 13:45:10.123456789', 9))",
        answer: "54",
    }],
    ..Spec::EMPTY
};

impl Function for ToYearNumSinceEpoch {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok((civil_from_days(moments.days(row)).0 - 1970).max(0)))
    }
}
