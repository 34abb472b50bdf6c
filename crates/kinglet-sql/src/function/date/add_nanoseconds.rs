//! `addNanoseconds`: the time moved on by a number of nanoseconds.

use super::shift::{shift, shifted_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, IntervalUnit, Result};

pub(in crate::function) struct AddNanoseconds;

static SPEC: Spec = Spec {
    name: "addNanoseconds",
    category: "date",
    syntax: "addNanoseconds(time, count)",
    summary: "The time moved on by a number of nanoseconds.",
    arguments: &[("time", "DateTime, DateTime64 or String"), ("count", "number")],
    returns: "DateTime64",
    examples: &[Example {
        sql: "addNanoseconds(toDateTime64('2024-01-31 00:00:00', 3), 1)",
        answer: "2024-01-31 00:00:00.000000001",
    }],
    ..Spec::EMPTY
};

impl Function for AddNanoseconds {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        shifted_type(args, IntervalUnit::Nanosecond)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        shift(call, IntervalUnit::Nanosecond, |count| count)
    }
}
