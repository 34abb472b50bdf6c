//! `toUnixTimestamp`: seconds since 1970-01-01 UTC.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToUnixTimestamp;

static SPEC: Spec = Spec {
    name: "toUnixTimestamp",
    category: "date",
    syntax: "toUnixTimestamp(time[, zone])",
    summary: "Seconds since 1970-01-01 00:00:00 UTC.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toUnixTimestamp(toDateTime('2024-02-29 00:00:00'))", answer: "1709164800" }],
    ..Spec::EMPTY
};

impl Function for ToUnixTimestamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(moments.seconds(row)))
    }
}
