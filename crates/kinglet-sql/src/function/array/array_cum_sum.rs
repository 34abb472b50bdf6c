//! `arrayCumSum`: the sums of the elements up to each.

use super::{element_types, running};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayCumSum;

static SPEC: Spec = Spec {
    name: "arrayCumSum",
    category: "array",
    syntax: "arrayCumSum([lambda, ]array)",
    summary: "The sums of the elements up to each.",
    arguments: &[("lambda", "x -> number"), ("array", "Array of numbers")],
    returns: "Array of a 64-bit number.",
    examples: &[Example { sql: "arrayCumSum([1, 2, 3])", answer: "[1,3,6]" }],
    ..Spec::EMPTY
};

impl Function for ArrayCumSum {
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
        running::evaluate(call, |sum, value| sum + value, i64::wrapping_add)
    }
}
