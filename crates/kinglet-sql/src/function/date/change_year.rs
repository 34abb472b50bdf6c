//! `changeYear`: the time with another year.

use super::change::{Part, change, change_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ChangeYear;

static SPEC: Spec = Spec {
    name: "changeYear",
    category: "date",
    syntax: "changeYear(time, value)",
    summary: "The time with another year.",
    arguments: &[("time", "Date or DateTime"), ("value", "Integer")],
    returns: "The type of the time",
    examples: &[Example {
        sql: "changeYear(toDateTime('2024-01-15 13:45:10'), 2023)",
        answer: "2023-01-15 13:45:10",
    }],
    ..Spec::EMPTY
};

impl Function for ChangeYear {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        change_type(args, Part::Year)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        change(call, Part::Year)
    }
}
