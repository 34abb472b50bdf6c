//! `arrayDifference`: what each element is more than the one before it; 0 for the first.

use super::{element_types, running};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayDifference;

static SPEC: Spec = Spec {
    name: "arrayDifference",
    category: "array",
    syntax: "arrayDifference([lambda, ]array)",
    summary: "What each element is more than the one before it; 0 for the first.",
    arguments: &[("lambda", "x -> number"), ("array", "Array of numbers")],
    returns: "Array of a signed number.",
    examples: &[Example { sql: "arrayDifference([1, 2, 5])", answer: "[0,1,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayDifference {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        running::return_type(args, true)
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 2 { Ok(None) } else { element_types(args, 1).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        running::differences(call)
    }
}
