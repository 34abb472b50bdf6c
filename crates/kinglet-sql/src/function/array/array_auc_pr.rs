//! `arrayAUCPR`: the area under the curve of precision and recall of scores.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayAucPr;

static SPEC: Spec = Spec {
    name: "arrayAUCPR",
    aliases: &["arrayPRAUC"],
    category: "array",
    syntax: "arrayAUCPR(scores, labels)",
    summary: "The area under the curve of precision and recall of scores.",
    arguments: &[("scores", "Array of numbers"), ("labels", "Array of numbers: above 0 for positives")],
    returns: "Float64",
    examples: &[Example {
        sql: "arrayAUCPR([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])",
        answer: "0.8333333333333333",
    }],
    ..Spec::EMPTY
};

impl Function for ArrayAucPr {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=4)?;
        {
            args.expect(0, |ty| ty.element().is_some_and(|ty| ty.is_number()))?;
            args.expect(1, |ty| ty.element().is_some_and(|ty| ty.is_number() || ty.enum_values().is_some()))?;
            Ok(ChType::Float64)
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::curves::area(call, super::curves::precision)
    }
}
