//! `indexOfAssumeSorted`: the first place, from 1, of a value in a sorted array, or 0.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IndexOfAssumeSorted;

static SPEC: Spec = Spec {
    name: "indexOfAssumeSorted",
    category: "array",
    syntax: "indexOfAssumeSorted(array, value)",
    summary: "The first place, from 1, of a value in a sorted array, or 0.",
    arguments: &[("array", "Array"), ("value", "Any type")],
    returns: "UInt64",
    examples: &[Example { sql: "indexOfAssumeSorted([1, 2, 2, 3], 2)", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for IndexOfAssumeSorted {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        super::index_of::IndexOf.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::index_of::IndexOf.evaluate(call)
    }
}
