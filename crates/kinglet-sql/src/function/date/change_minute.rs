//! `changeMinute`: the time with another minute.

use super::change::{Part, change, change_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ChangeMinute;

static SPEC: Spec = Spec {
    name: "changeMinute",
    category: "date",
    syntax: "changeMinute(time, value)",
    summary: "The time with another minute.",
    arguments: &[("time", "Date or DateTime"), ("value", "Integer")],
    returns: "DateTime, or DateTime64 for Date32 and DateTime64",
    examples: &[Example {
        sql: "changeMinute(toDateTime('2024-01-15 13:45:10'), 8)",
        answer: "2024-01-15 13:08:10",
    }],
    ..Spec::EMPTY
};

impl Function for ChangeMinute {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        change_type(args, Part::Minute)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        change(call, Part::Minute)
    }
}
