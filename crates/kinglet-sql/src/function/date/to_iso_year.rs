//! `toISOYear`: the ISO year of a date.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use super::number::iso_week;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToIsoYear;

static SPEC: Spec = Spec {
    name: "toISOYear",
    category: "date",
    syntax: "toISOYear(time[, zone])",
    summary: "The year that the ISO 8601 week belongs to.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt16",
    examples: &[Example { sql: "toISOYear(toDate('2024-12-30'))", answer: "2025" }],
    ..Spec::EMPTY
};

impl Function for ToIsoYear {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(iso_week(moments.days(row)).0))
    }
}
