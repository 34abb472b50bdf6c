//! `arrayAvg`: the mean of the elements.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::element_types;
use super::fold::Fold;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ArrayAvg;

static SPEC: Spec = Spec {
    name: "arrayAvg",
    category: "array",
    syntax: "arrayAvg([lambda, ]array, ..)",
    summary: "The mean of the elements.",
    arguments: &[("lambda", "x -> number"), ("array", "Array of numbers")],
    returns: "A number.",
    examples: &[Example { sql: "arrayAvg([1, 2, 3])", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for ArrayAvg {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        let element = if args.len() > 1 {
            args.ty(0).clone()
        } else {
            args.ty(0).element().ok_or_else(|| args.illegal(0))?
        };
        Fold::Mean.result_type(args, &element)
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 2 { Ok(None) } else { element_types(args, 1).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        Fold::Mean.evaluate(call)
    }
}
