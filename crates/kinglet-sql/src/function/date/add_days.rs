//! `addDays`: a time moved on by days.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, IntervalUnit, Result};

use super::shift::{shift, shifted_type};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct AddDays;

static SPEC: Spec = Spec {
    name: "addDays",
    category: "date",
    syntax: "addDays(time, count)",
    summary: "The time moved on by a number of days.",
    arguments: &[("time", "Date, DateTime or DateTime64"), ("count", "number")],
    returns: "The type of the time; DateTime for a Date and a unit of the clock.",
    examples: &[Example {
        sql: "addDays(toDateTime('2024-01-31 00:00:00'), 1)",
        answer: "2024-02-01 00:00:00",
    }],
    ..Spec::EMPTY
};

impl Function for AddDays {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        shifted_type(args, IntervalUnit::Day)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        shift(call, IntervalUnit::Day, |count| count)
    }
}
