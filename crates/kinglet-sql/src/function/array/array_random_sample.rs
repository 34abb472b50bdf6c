//! `arrayRandomSample`: that many elements drawn at random.

use crate::function::{Args, Call, Example, Function, Spec, Stability};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayRandomSample;

static SPEC: Spec = Spec {
    name: "arrayRandomSample",
    category: "array",
    syntax: "arrayRandomSample(array, count)",
    summary: "That many elements drawn at random.",
    arguments: &[("array", "Array"), ("count", "Integer")],
    returns: "The array's type",
    examples: &[Example { sql: "length(arrayRandomSample([1, 2, 3], 2))", answer: "2" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for ArrayRandomSample {
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
        super::shuffled::sample(call)
    }
}
