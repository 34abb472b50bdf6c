//! `parseDateTime64BestEffortUSOrNull`: a time read from almost any notation.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::best_effort::{Otherwise, evaluate, return_type};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ParseDateTime64BestEffortUsOrNull;

static SPEC: Spec = Spec {
    name: "parseDateTime64BestEffortUSOrNull",
    category: "date",
    syntax: "parseDateTime64BestEffortUSOrNull(text[, precision[, zone]])",
    summary: "Reads a date and time in ISO 8601, as a Unix timestamp, with names of months, and in other usual notations. With slashes, the month comes first. NULL where it cannot be read.",
    arguments: &[("text", "String"), ("precision", "0 to 9, constant"), ("zone", "String, constant")],
    returns: "DateTime64",
    examples: &[
        Example {
            sql: "parseDateTime64BestEffortUSOrNull('02/29/2024 13:45')",
            answer: "2024-02-29 13:45:00.000",
        },
        Example { sql: "parseDateTime64BestEffortUSOrNull('never')", answer: "\\N" },
    ],
    ..Spec::EMPTY
};

impl Function for ParseDateTime64BestEffortUsOrNull {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        return_type(args, true, Otherwise::Null)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        evaluate(call, true, Otherwise::Null)
    }
}
