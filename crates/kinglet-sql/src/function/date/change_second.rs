//! `changeSecond`: the time with another second.

use super::change::{Part, change, change_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ChangeSecond;

static SPEC: Spec = Spec {
    name: "changeSecond",
    category: "date",
    syntax: "changeSecond(time, value)",
    summary: "The time with another second.",
    arguments: &[("time", "Date or DateTime"), ("value", "Integer")],
    returns: "DateTime, or DateTime64 for Date32 and DateTime64",
    examples: &[Example {
        sql: "changeSecond(toDateTime('2024-01-15 13:45:10'), 9)",
        answer: "2024-01-15 13:45:09",
    }],
    ..Spec::EMPTY
};

impl Function for ChangeSecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        change_type(args, Part::Second)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        change(call, Part::Second)
    }
}
