//! `changeDay`: the time with another day.

use super::change::{Part, change, change_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ChangeDay;

static SPEC: Spec = Spec {
    name: "changeDay",
    category: "date",
    syntax: "changeDay(time, value)",
    summary: "The time with another day.",
    arguments: &[("time", "Date or DateTime"), ("value", "Integer")],
    returns: "The type of the time",
    examples: &[Example {
        sql: "changeDay(toDateTime('2024-01-15 13:45:10'), 5)",
        answer: "2024-01-05 13:45:10",
    }],
    ..Spec::EMPTY
};

impl Function for ChangeDay {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        change_type(args, Part::Day)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        change(call, Part::Day)
    }
}
