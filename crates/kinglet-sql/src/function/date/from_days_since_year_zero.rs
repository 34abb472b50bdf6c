//! `fromDaysSinceYearZero`: the date a number of days after 0000-01-01.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct FromDaysSinceYearZero;

static SPEC: Spec = Spec {
    name: "fromDaysSinceYearZero",
    aliases: &["FROM_DAYS"],
    case: Case::Insensitive,
    category: "date",
    syntax: "fromDaysSinceYearZero(days)",
    summary: "The date a number of days after 0000-01-01.",
    arguments: &[("days", "Integer")],
    returns: "Date",
    examples: &[Example { sql: "fromDaysSinceYearZero(739136)", answer: "2023-09-08" }],
    ..Spec::EMPTY
};

impl Function for FromDaysSinceYearZero {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::Date)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let days = call.ints(0)?;
        result::ints(call.result, call.rows, |row| Ok(i64::from(days.get(row).wrapping_sub(719_528) as u16)))
    }
}
