//! `isNaN`: whether a number is not a number.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct IsNan;

static SPEC: Spec = Spec {
    name: "isNaN",
    category: "math",
    syntax: "isNaN(number)",
    summary: "Whether a number is not a number.",
    arguments: &[("number", "number")],
    returns: "UInt8",
    examples: &[Example { sql: "isNaN(1.5)", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for IsNan {
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
        result::flags(call.rows, |row| Ok(numbers.get(row).is_nan()))
    }
}
