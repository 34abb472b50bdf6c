//! `toMillisecond`: the milliseconds of a time.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ToMillisecond;

static SPEC: Spec = Spec {
    name: "toMillisecond",
    aliases: &["MILLISECOND"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toMillisecond(time[, zone])",
    summary: "The milliseconds of the second, 0 to 999.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt16",
    examples: &[Example { sql: "toMillisecond(toDateTime64('2024-02-29 13:45:10.123', 3))", answer: "123" }],
    ..Spec::EMPTY
};

impl Function for ToMillisecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(moments.nanoseconds(row) / 1_000_000))
    }
}
