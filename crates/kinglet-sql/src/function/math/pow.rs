//! `pow`: one number to the power of another.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Pow;

static SPEC: Spec = Spec {
    name: "pow",
    aliases: &["power"],
    case: Case::Insensitive,
    category: "math",
    syntax: "pow(x, y)",
    summary: "One number to the power of another.",
    arguments: &[("x", "number"), ("y", "number")],
    returns: "Float64",
    examples: &[Example { sql: "pow(2, 10)", answer: "1024" }],
    ..Spec::EMPTY
};

impl Function for Pow {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_number)?;
        args.expect(1, ChType::is_number)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (x, y) = (call.floats(0)?, call.floats(1)?);
        result::floats(call.result, call.rows, |row| Ok(x.get(row).powf(y.get(row))))
    }
}
