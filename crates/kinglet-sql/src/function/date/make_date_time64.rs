//! `makeDateTime64`: the time of its parts; the least one where there is none.

use super::make::{Make, make, make_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MakeDateTime64;

static SPEC: Spec = Spec {
    name: "makeDateTime64",
    category: "date",
    syntax: "makeDateTime64(year, month, day, hour, minute, second[, fraction[, precision[, zone]]])",
    summary: "The time of its parts; the least one where there is none.",
    arguments: &[
        ("year", "number"),
        ("fraction", "number of units of the precision"),
        ("precision", "Integer, constant; 3 if left out"),
        ("zone", "String, constant"),
    ],
    returns: "DateTime64",
    examples: &[Example {
        sql: "makeDateTime64(2024, 2, 29, 1, 2, 3, 777)",
        answer: "2024-02-29 01:02:03.777",
    }],
    ..Spec::EMPTY
};

impl Function for MakeDateTime64 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        make_type(args, Make::DateTime64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        make(call)
    }
}
