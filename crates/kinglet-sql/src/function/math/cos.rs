//! `cos`: the cosine.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Cos;

static SPEC: Spec = Spec {
    name: "cos",
    case: Case::Insensitive,
    category: "math",
    syntax: "cos(number)",
    summary: "The cosine.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "Float64",
    examples: &[Example { sql: "cos(0)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for Cos {
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
        result::floats(call.result, call.rows, |row| Ok(numbers.get(row).cos()))
    }
}
