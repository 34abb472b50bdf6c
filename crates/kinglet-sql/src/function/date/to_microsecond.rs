//! `toMicrosecond`: the microsecond of a time, 0 to 999999.

use super::moments::{Moments, expect_moment_and_zone};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToMicrosecond;

static SPEC: Spec = Spec {
    name: "toMicrosecond",
    aliases: &["MICROSECOND"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toMicrosecond(time[, zone])",
    summary: "The microsecond of a time, 0 to 999999.",
    arguments: &[("time", "Date or DateTime"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example {
        sql: "toMicrosecond(toDateTime64('2024-02-29 13:45:10.123456789', 9))",
        answer: "123456",
    }],
    ..Spec::EMPTY
};

impl Function for ToMicrosecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(moments.nanoseconds(row) / 1_000))
    }
}
