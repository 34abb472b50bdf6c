//! `subtractYears`: a time moved back by years.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, IntervalUnit, Result};

use super::shift::{shift, shifted_type};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct SubtractYears;

static SPEC: Spec = Spec {
    name: "subtractYears",
    category: "date",
    syntax: "subtractYears(time, count)",
    summary: "The time moved back by a number of years.",
    arguments: &[("time", "Date, DateTime or DateTime64"), ("count", "number")],
    returns: "The type of the time; DateTime for a Date and a unit of the clock.",
    examples: &[Example {
        sql: "subtractYears(toDateTime('2024-01-31 00:00:00'), 1)",
        answer: "2023-01-31 00:00:00",
    }],
    ..Spec::EMPTY
};

impl Function for SubtractYears {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        shifted_type(args, IntervalUnit::Year)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        shift(call, IntervalUnit::Year, |count| count.wrapping_neg())
    }
}
