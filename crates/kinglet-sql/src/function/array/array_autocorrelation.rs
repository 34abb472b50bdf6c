//! `arrayAutocorrelation`: the correlation of an array with itself moved by 0, 1, .. places.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayAutocorrelation;

static SPEC: Spec = Spec {
    name: "arrayAutocorrelation",
    category: "array",
    syntax: "arrayAutocorrelation(array[, lags])",
    summary: "The correlation of an array with itself moved by 0, 1, .. places.",
    arguments: &[("array", "Array of numbers"), ("lags", "Integer")],
    returns: "Array(Float64)",
    examples: &[Example { sql: "arrayAutocorrelation([1, 2, 3])", answer: "[1,0,-0.5]" }],
    ..Spec::EMPTY
};

impl Function for ArrayAutocorrelation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        {
            args.expect(0, |ty| ty.element().is_some_and(|ty| ty.is_number()))?;
            Ok(ChType::array(ChType::Float64))
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::curves::autocorrelation(call)
    }
}
