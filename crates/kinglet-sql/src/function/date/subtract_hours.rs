//! `subtractHours`: a time moved back by hours.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, IntervalUnit, Result};

use super::shift::{shift, shifted_type};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct SubtractHours;

static SPEC: Spec = Spec {
    name: "subtractHours",
    category: "date",
    syntax: "subtractHours(time, count)",
    summary: "The time moved back by a number of hours.",
    arguments: &[("time", "Date, DateTime or DateTime64"), ("count", "number")],
    returns: "The type of the time; DateTime for a Date and a unit of the clock.",
    examples: &[Example {
        sql: "subtractHours(toDateTime('2024-01-31 00:00:00'), 1)",
        answer: "2024-01-30 23:00:00",
    }],
    ..Spec::EMPTY
};

impl Function for SubtractHours {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        shifted_type(args, IntervalUnit::Hour)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        shift(call, IntervalUnit::Hour, |count| count.wrapping_neg())
    }
}
