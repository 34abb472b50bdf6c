//! `arrayReverseFill`: the elements, each for which the condition is false replaced by the one after it.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayReverseFill;

static SPEC: Spec = Spec {
    name: "arrayReverseFill",
    category: "array",
    syntax: "arrayReverseFill(lambda, array, ..)",
    summary: "The elements, each for which the condition is false replaced by the one after it.",
    arguments: &[("lambda", "x -> condition"), ("array", "Arrays of equal lengths")],
    returns: "The first array's type",
    examples: &[Example { sql: "arrayReverseFill(x -> x > 0, [1, 0, 0, 2])", answer: "[1,2,2,2]" }],
    ..Spec::EMPTY
};

impl Function for ArrayReverseFill {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        args.expect(1, |ty| matches!(ty, ChType::Array(_))).cloned()
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        super::element_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::runs::fill(call, true)
    }
}
