//! `arrayUnion`: the elements of all arrays, each once.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayUnion;

static SPEC: Spec = Spec {
    name: "arrayUnion",
    category: "array",
    syntax: "arrayUnion(array, ..)",
    summary: "The elements of all arrays, each once.",
    arguments: &[("array", "Arrays")],
    returns: "Array of the common type",
    examples: &[Example { sql: "length(arrayUnion([1, 2], [2, 3]))", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for ArrayUnion {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        super::sets::common(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::sets::evaluate(call, super::sets::Kind::Union)
    }
}
