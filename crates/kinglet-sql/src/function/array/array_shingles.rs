//! `arrayShingles`: all runs of that many neighbouring elements.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayShingles;

static SPEC: Spec = Spec {
    name: "arrayShingles",
    category: "array",
    syntax: "arrayShingles(array, length)",
    summary: "All runs of that many neighbouring elements.",
    arguments: &[("array", "Array"), ("length", "Integer")],
    returns: "Array of the array's type",
    examples: &[Example { sql: "arrayShingles([1, 2, 3, 4], 3)", answer: "[[1,2,3],[2,3,4]]" }],
    ..Spec::EMPTY
};

impl Function for ArrayShingles {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(1, ChType::is_integer)?;
            args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned().map(ChType::array)
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::runs::shingles(call)
    }
}
