//! `toDaysInMonth`: number of days of the month.

use super::moments::{Moments, expect_moment_and_zone};
use crate::calendar::{civil_from_days, days_in_month};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToDaysInMonth;

static SPEC: Spec = Spec {
    name: "toDaysInMonth",
    category: "date",
    syntax: "toDaysInMonth(time[, zone])",
    summary: "Number of days of the month.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt8",
    examples: &[Example {
        sql: "toDaysInMonth(toDateTime64('2024-02-29 13:45:10.123456789', 9))",
        answer: "29",
    }],
    ..Spec::EMPTY
};

impl Function for ToDaysInMonth {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| {
            Ok({
                let (year, month, _) = civil_from_days(moments.days(row));
                days_in_month(year, month).into()
            })
        })
    }
}
