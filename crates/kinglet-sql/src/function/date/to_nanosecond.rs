//! `toNanosecond`: the nanosecond of a time, 0 to 999999999.

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToNanosecond;

static SPEC: Spec = Spec {
    name: "toNanosecond",
    aliases: &["NANOSECOND"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toNanosecond(time[, zone])",
    summary: "The nanosecond of a time, 0 to 999999999.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example {
        sql: "toNanosecond(toDateTime64('2024-02-29 13:45:10.123456789', 9))",
        answer: "123456789",
    }],
    ..Spec::EMPTY
};

impl Function for ToNanosecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(moments.nanoseconds(row)))
    }
}
