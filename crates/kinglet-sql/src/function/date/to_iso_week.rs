//! `toISOWeek`: the week of the ISO year.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use super::number::iso_week;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToIsoWeek;

static SPEC: Spec = Spec {
    name: "toISOWeek",
    category: "date",
    syntax: "toISOWeek(time[, zone])",
    summary: "The ISO 8601 week, 1 to 53.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "toISOWeek(toDate('2024-12-30'))", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for ToIsoWeek {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(iso_week(moments.days(row)).1))
    }
}
