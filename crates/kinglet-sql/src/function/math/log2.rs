//! `log2`: the logarithm to base 2.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Log2;

static SPEC: Spec = Spec {
    name: "log2",
    case: Case::Insensitive,
    category: "math",
    syntax: "log2(number)",
    summary: "The logarithm to base 2.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "Float64",
    examples: &[Example { sql: "log2(8)", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for Log2 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_number)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.floats(0)?;
        result::floats(call.result, call.rows, |row| Ok(numbers.get(row).log2()))
    }
}
