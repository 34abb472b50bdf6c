//! `changeMonth`: the time with another month.

use super::change::{Part, change, change_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ChangeMonth;

static SPEC: Spec = Spec {
    name: "changeMonth",
    category: "date",
    syntax: "changeMonth(time, value)",
    summary: "The time with another month.",
    arguments: &[("time", "Date or DateTime"), ("value", "Integer")],
    returns: "The type of the time",
    examples: &[Example {
        sql: "changeMonth(toDateTime('2024-01-15 13:45:10'), 6)",
        answer: "2024-06-15 13:45:10",
    }],
    ..Spec::EMPTY
};

impl Function for ChangeMonth {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        change_type(args, Part::Month)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        change(call, Part::Month)
    }
}
