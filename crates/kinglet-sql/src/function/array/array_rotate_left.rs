//! `arrayRotateLeft`: the elements moved to the left, those that leave coming back at the end.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayRotateLeft;

static SPEC: Spec = Spec {
    name: "arrayRotateLeft",
    category: "array",
    syntax: "arrayRotateLeft(array, count)",
    summary: "The elements moved to the left, those that leave coming back at the end.",
    arguments: &[("array", "Array"), ("count", "Integer")],
    returns: "The array's type",
    examples: &[Example { sql: "arrayRotateLeft([1, 2, 3], 1)", answer: "[2,3,1]" }],
    ..Spec::EMPTY
};

impl Function for ArrayRotateLeft {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(1, ChType::is_integer)?;
            args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned()
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::shift::rotate(call, 1)
    }
}
