//! `toStartOfISOYear`: the first day of the ISO year, a Monday.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use super::round;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToStartOfIsoYear;

static SPEC: Spec = Spec {
    name: "toStartOfISOYear",
    category: "date",
    syntax: "toStartOfISOYear(time[, zone])",
    summary: "The first day of the ISO year, a Monday.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "Date",
    examples: &[Example { sql: "toStartOfISOYear(toDate('2024-02-29'))", answer: "2024-01-01" }],
    ..Spec::EMPTY
};

impl Function for ToStartOfIsoYear {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::Date)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| {
            Ok(round::clamped(
                round::monday(round::year(round::monday(moments.days(row)) + 3) + 3),
                call.result,
            ))
        })
    }
}
