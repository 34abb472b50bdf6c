//! `toYear`: the year of a date.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ToYear;

static SPEC: Spec = Spec {
    name: "toYear",
    aliases: &["YEAR", "__toYearCalendarOnly"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toYear(time[, zone])",
    summary: "The year.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt16",
    examples: &[Example { sql: "toYear(toDate('2024-02-29'))", answer: "2024" }],
    ..Spec::EMPTY
};

impl Function for ToYear {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(civil_from_days(moments.days(row)).0))
    }
}
