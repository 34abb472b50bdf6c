//! `changeHour`: the time with another hour.

use super::change::{Part, change, change_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ChangeHour;

static SPEC: Spec = Spec {
    name: "changeHour",
    category: "date",
    syntax: "changeHour(time, value)",
    summary: "The time with another hour.",
    arguments: &[("time", "Date or DateTime"), ("value", "Integer")],
    returns: "DateTime, or DateTime64 for Date32 and DateTime64",
    examples: &[Example {
        sql: "changeHour(toDateTime('2024-01-15 13:45:10'), 7)",
        answer: "2024-01-15 07:45:10",
    }],
    ..Spec::EMPTY
};

impl Function for ChangeHour {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        change_type(args, Part::Hour)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        change(call, Part::Hour)
    }
}
