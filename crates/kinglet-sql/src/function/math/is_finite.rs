//! `isFinite`: whether a number is finite.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct IsFinite;

static SPEC: Spec = Spec {
    name: "isFinite",
    category: "math",
    syntax: "isFinite(number)",
    summary: "Whether a number is finite.",
    arguments: &[("number", "number")],
    returns: "UInt8",
    examples: &[Example { sql: "isFinite(1.5)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for IsFinite {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_number)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.floats(0)?;
        result::flags(call.rows, |row| Ok(numbers.get(row).is_finite()))
    }
}
