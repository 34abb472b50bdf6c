//! `arrayTranspose`: rows and columns of an array of arrays of one length exchanged.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayTranspose;

static SPEC: Spec = Spec {
    name: "arrayTranspose",
    category: "array",
    syntax: "arrayTranspose(array)",
    summary: "Rows and columns of an array of arrays of one length exchanged.",
    arguments: &[("array", "Array of arrays")],
    returns: "The array's type",
    examples: &[Example { sql: "arrayTranspose([[1, 2], [3, 4]])", answer: "[[1,3],[2,4]]" }],
    ..Spec::EMPTY
};

impl Function for ArrayTranspose {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.element().is_some_and(|element| element.element().is_some())).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::runs::transpose(call)
    }
}
