//! `toDaysSinceYearZero`: number of days since 0000-01-01.

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToDaysSinceYearZero;

static SPEC: Spec = Spec {
    name: "toDaysSinceYearZero",
    aliases: &["TO_DAYS"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toDaysSinceYearZero(date[, zone])",
    summary: "Number of days since 0000-01-01.",
    arguments: &[("date", "Date or DateTime")],
    returns: "UInt32",
    examples: &[Example { sql: "toDaysSinceYearZero(toDate('2023-09-08'))", answer: "739136" }],
    ..Spec::EMPTY
};

impl Function for ToDaysSinceYearZero {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(moments.days(row) + 719_528))
    }
}
