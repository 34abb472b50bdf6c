//! `parseDateTimeBestEffortOrNull`: a time read from almost any notation.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::best_effort::{Otherwise, evaluate, return_type};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ParseDateTimeBestEffortOrNull;

static SPEC: Spec = Spec {
    name: "parseDateTimeBestEffortOrNull",
    aliases: &["parseDateTime32BestEffortOrNull"],
    category: "date",
    syntax: "parseDateTimeBestEffortOrNull(text[, zone])",
    summary: "Reads a date and time in ISO 8601, as a Unix timestamp, with names of months, and in other usual notations. NULL where it cannot be read.",
    arguments: &[("text", "String"), ("zone", "String, constant")],
    returns: "DateTime",
    examples: &[
        Example { sql: "parseDateTimeBestEffortOrNull('29 Feb 2024 13:45')", answer: "2024-02-29 13:45:00" },
        Example { sql: "parseDateTimeBestEffortOrNull('never')", answer: "\\N" },
    ],
    ..Spec::EMPTY
};

impl Function for ParseDateTimeBestEffortOrNull {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        return_type(args, false, Otherwise::Null)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        evaluate(call, false, Otherwise::Null)
    }
}
