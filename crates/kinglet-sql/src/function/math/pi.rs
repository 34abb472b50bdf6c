//! `pi`: the number pi.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Pi;

static SPEC: Spec = Spec {
    name: "pi",
    case: Case::Insensitive,
    category: "math",
    syntax: "pi()",
    summary: "The ratio of a circle's circumference to its diameter.",
    arguments: &[],
    returns: "Float64",
    examples: &[Example { sql: "pi()", answer: "3.141592653589793" }],
    ..Spec::EMPTY
};

impl Function for Pi {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::floats(call.result, call.rows, |_| Ok(std::f64::consts::PI))
    }
}
