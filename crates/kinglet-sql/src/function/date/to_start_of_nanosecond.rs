//! `toStartOfNanosecond`: the time rounded down to the nanosecond.

use super::sub_second;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToStartOfNanosecond;

static SPEC: Spec = Spec {
    name: "toStartOfNanosecond",
    category: "date",
    syntax: "toStartOfNanosecond(time[, zone])",
    summary: "The time rounded down to the nanosecond.",
    arguments: &[("time", "DateTime64"), ("zone", "String, constant")],
    returns: "DateTime64 with at least 9 digits",
    examples: &[Example {
        sql: "toStartOfNanosecond(toDateTime64('2024-02-29 13:45:10.123456789', 9))",
        answer: "2024-02-29 13:45:10.123456789",
    }],
    ..Spec::EMPTY
};

impl Function for ToStartOfNanosecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        sub_second::return_type(args, 9)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        sub_second::round_down(call, 9)
    }
}
