//! `e`: euler's number.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct E;

static SPEC: Spec = Spec {
    name: "e",
    category: "math",
    syntax: "e()",
    summary: "Euler's number.",
    arguments: &[],
    returns: "Float64",
    examples: &[Example { sql: "e()", answer: "2.718281828459045" }],
    ..Spec::EMPTY
};

impl Function for E {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::floats(call.result, call.rows, |_| Ok(std::f64::consts::E))
    }
}
