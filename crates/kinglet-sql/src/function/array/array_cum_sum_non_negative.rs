//! `arrayCumSumNonNegative`: the sums of the elements up to each, where a sum below zero becomes zero.

use super::{element_types, running};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayCumSumNonNegative;

static SPEC: Spec = Spec {
    name: "arrayCumSumNonNegative",
    category: "array",
    syntax: "arrayCumSumNonNegative([lambda, ]array)",
    summary: "The sums of the elements up to each, where a sum below zero becomes zero.",
    arguments: &[("lambda", "x -> number"), ("array", "Array of numbers")],
    returns: "Array of a 64-bit number.",
    examples: &[Example { sql: "arrayCumSumNonNegative([1, -3, 2])", answer: "[1,0,2]" }],
    ..Spec::EMPTY
};

impl Function for ArrayCumSumNonNegative {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        running::return_type(args, false)
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 2 { Ok(None) } else { element_types(args, 1).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        running::evaluate(
            call,
            |sum, value| (sum + value).max(0.0),
            |sum, value| sum.wrapping_add(value).max(0),
        )
    }
}
