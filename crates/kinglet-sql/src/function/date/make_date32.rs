//! `makeDate32`: the date of year, month and day, or of year and day of the year; the epoch where there is none.

use super::make::{Make, make, make_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MakeDate32;

static SPEC: Spec = Spec {
    name: "makeDate32",
    category: "date",
    syntax: "makeDate32(year, month, day)",
    summary: "The date of year, month and day, or of year and day of the year; the epoch where there is none.",
    arguments: &[("year", "number"), ("month", "number"), ("day", "number")],
    returns: "Date32",
    examples: &[Example { sql: "makeDate32(2024, 2, 29)", answer: "2024-02-29" }],
    ..Spec::EMPTY
};

impl Function for MakeDate32 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        make_type(args, Make::Date32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        make(call)
    }
}
