//! `initializeAggregation`: an aggregate of a single row.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, named_aggregate};

pub(in crate::function) struct InitializeAggregation;

static SPEC: Spec = Spec {
    name: "initializeAggregation",
    category: "other",
    syntax: "initializeAggregation(aggregate, argument, ..)",
    summary: "What the aggregate answers to one row; with -State its state. Parameters stand in the name.",
    arguments: &[("aggregate", "String, constant"), ("argument", "Any types")],
    returns: "The aggregate's type.",
    examples: &[
        Example { sql: "initializeAggregation('sum', 5)", answer: "5" },
        Example { sql: "finalizeAggregation(initializeAggregation('uniqState', 5))", answer: "1" },
    ],
    ..Spec::EMPTY
};

impl Function for InitializeAggregation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        named_aggregate::return_type(args, "")
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        named_aggregate::per_row(call, "")
    }
}
