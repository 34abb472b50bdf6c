//! `toStartOfMillisecond`: the time rounded down to the millisecond.

use super::sub_second;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToStartOfMillisecond;

static SPEC: Spec = Spec {
    name: "toStartOfMillisecond",
    category: "date",
    syntax: "toStartOfMillisecond(time[, zone])",
    summary: "The time rounded down to the millisecond.",
    arguments: &[("time", "DateTime64"), ("zone", "String, constant")],
    returns: "DateTime64 with at least 3 digits",
    examples: &[Example {
        sql: "toStartOfMillisecond(toDateTime64('2024-02-29 13:45:10.123456789', 9))",
        answer: "2024-02-29 13:45:10.123000000",
    }],
    ..Spec::EMPTY
};

impl Function for ToStartOfMillisecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        sub_second::return_type(args, 3)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        sub_second::round_down(call, 3)
    }
}
