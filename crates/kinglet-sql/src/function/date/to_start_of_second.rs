//! `toStartOfSecond`: the beginning of the second.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::per_second;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToStartOfSecond;

static SPEC: Spec = Spec {
    name: "toStartOfSecond",
    category: "date",
    syntax: "toStartOfSecond(time[, zone])",
    summary: "The time without its fraction of a second.",
    arguments: &[("time", "DateTime64"), ("zone", "String, constant")],
    returns: "DateTime64 of the same precision.",
    examples: &[Example {
        sql: "toStartOfSecond(toDateTime64('2024-02-29 13:45:10.123', 3))",
        answer: "2024-02-29 13:45:10.000",
    }],
    ..Spec::EMPTY
};

impl Function for ToStartOfSecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::DateTime64(..))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let values = call.ints(0)?;
        let unit = per_second(call.ty(0)).unwrap_or(1);
        result::ints(call.result, call.rows, |row| {
            let value = values.get(row);
            Ok(value - value.rem_euclid(unit))
        })
    }
}
