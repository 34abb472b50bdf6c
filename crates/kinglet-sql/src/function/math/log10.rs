//! `log10`: the logarithm to base 10.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Log10;

static SPEC: Spec = Spec {
    name: "log10",
    case: Case::Insensitive,
    category: "math",
    syntax: "log10(number)",
    summary: "The logarithm to base 10.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "Float64",
    examples: &[Example { sql: "log10(1000)", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for Log10 {
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
        result::floats(call.result, call.rows, |row| Ok(numbers.get(row).log10()))
    }
}
