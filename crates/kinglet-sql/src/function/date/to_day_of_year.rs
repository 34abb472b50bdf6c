//! `toDayOfYear`: the day of the year.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use super::round;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ToDayOfYear;

static SPEC: Spec = Spec {
    name: "toDayOfYear",
    aliases: &["DAYOFYEAR"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toDayOfYear(time[, zone])",
    summary: "The day of the year, 1 to 366.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt16",
    examples: &[Example { sql: "toDayOfYear(toDate('2024-03-01'))", answer: "61" }],
    ..Spec::EMPTY
};

impl Function for ToDayOfYear {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(moments.days(row) - round::year(moments.days(row)) + 1))
    }
}
