//! `arrayTopK`: the greatest elements in order.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayTopK;

static SPEC: Spec = Spec {
    name: "arrayTopK",
    category: "array",
    syntax: "arrayTopK(count, array)",
    summary: "The greatest elements in order.",
    arguments: &[("count", "Integer"), ("array", "Array")],
    returns: "The array's type",
    examples: &[Example { sql: "arrayTopK(2, [3, 1, 2])", answer: "[3,2]" }],
    ..Spec::EMPTY
};

impl Function for ArrayTopK {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(0, ChType::is_integer)?;
            args.expect(1, |ty| matches!(ty, ChType::Array(_))).cloned()
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::sort::best(call, true)
    }
}
