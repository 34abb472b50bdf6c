//! `arrayShuffle`: the elements in a random order.

use crate::function::{Args, Call, Example, Function, Spec, Stability};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayShuffle;

static SPEC: Spec = Spec {
    name: "arrayShuffle",
    category: "array",
    syntax: "arrayShuffle(array[, seed])",
    summary: "The elements in a random order.",
    arguments: &[("array", "Array")],
    returns: "The array's type",
    examples: &[Example { sql: "length(arrayShuffle([1, 2, 3]))", answer: "3" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for ArrayShuffle {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::shuffled::shuffled(call)
    }
}
