//! `subtractNanoseconds`: the time moved back by a number of nanoseconds.

use super::shift::{shift, shifted_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, IntervalUnit, Result};

pub(in crate::function) struct SubtractNanoseconds;

static SPEC: Spec = Spec {
    name: "subtractNanoseconds",
    category: "date",
    syntax: "subtractNanoseconds(time, count)",
    summary: "The time moved back by a number of nanoseconds.",
    arguments: &[("time", "DateTime, DateTime64 or String"), ("count", "number")],
    returns: "DateTime64",
    examples: &[Example {
        sql: "subtractNanoseconds(toDateTime64('2024-01-31 00:00:00', 3), 1)",
        answer: "2024-01-30 23:59:59.999999999",
    }],
    ..Spec::EMPTY
};

impl Function for SubtractNanoseconds {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        shifted_type(args, IntervalUnit::Nanosecond)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        shift(call, IntervalUnit::Nanosecond, |count| count.saturating_neg())
    }
}
