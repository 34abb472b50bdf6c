//! `makeDateTime`: the time of its parts; the epoch where there is none.

use super::make::{Make, make, make_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MakeDateTime;

static SPEC: Spec = Spec {
    name: "makeDateTime",
    category: "date",
    syntax: "makeDateTime(year, month, day, hour, minute, second[, zone])",
    summary: "The time of its parts; the epoch where there is none.",
    arguments: &[("year", "number"), ("zone", "String, constant")],
    returns: "DateTime",
    examples: &[Example { sql: "makeDateTime(2024, 2, 29, 1, 2, 3)", answer: "2024-02-29 01:02:03" }],
    ..Spec::EMPTY
};

impl Function for MakeDateTime {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        make_type(args, Make::DateTime)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        make(call)
    }
}
