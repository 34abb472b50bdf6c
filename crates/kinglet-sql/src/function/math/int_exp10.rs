//! `intExp10`: ten to the power of a whole number; 0 for negative ones, the greatest UInt64 past the end.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IntExp10;

static SPEC: Spec = Spec {
    name: "intExp10",
    category: "math",
    syntax: "intExp10(number)",
    summary: "Ten to the power of a whole number; 0 for negative ones, the greatest UInt64 past the end.",
    arguments: &[("number", "Number")],
    returns: "UInt64",
    examples: &[Example { sql: "intExp10(3)", answer: "1000" }],
    ..Spec::EMPTY
};

impl Function for IntExp10 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_number() && !ty.is_decimal())?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::powers::powers(call, 10)
    }
}
