//! `toHour`: the hour of a time.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ToHour;

static SPEC: Spec = Spec {
    name: "toHour",
    aliases: &["HOUR"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toHour(time[, zone])",
    summary: "The hour, 0 to 23.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "toHour(toDateTime('2024-02-29 13:45:10'))", answer: "13" }],
    ..Spec::EMPTY
};

impl Function for ToHour {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        args.expect(0, ChType::is_date_time)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(moments.of_day(row) / 3_600))
    }
}
