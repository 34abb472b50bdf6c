//! `arrayReverseSplit`: the array cut after each element for which the condition is true.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayReverseSplit;

static SPEC: Spec = Spec {
    name: "arrayReverseSplit",
    category: "array",
    syntax: "arrayReverseSplit(lambda, array, ..)",
    summary: "The array cut after each element for which the condition is true.",
    arguments: &[("lambda", "x -> condition"), ("array", "Arrays of equal lengths")],
    returns: "Array of the first array's type",
    examples: &[Example {
        sql: "arrayReverseSplit((x, y) -> y, [1, 2, 3, 4], [1, 0, 0, 1])",
        answer: "[[1],[2,3,4]]",
    }],
    ..Spec::EMPTY
};

impl Function for ArrayReverseSplit {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        args.expect(1, |ty| matches!(ty, ChType::Array(_))).cloned().map(ChType::array)
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        super::element_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::runs::split(call, true)
    }
}
