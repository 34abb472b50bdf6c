//! `ceil`: a number rounded up.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::rounding::{Mode, round};
use crate::function::{Args, Call, Case, Example, Function, Spec};

pub(in crate::function) struct Ceil;

static SPEC: Spec = Spec {
    name: "ceil",
    aliases: &["ceiling"],
    case: Case::Insensitive,
    category: "math",
    syntax: "ceil(number[, digits])",
    summary: "A number rounded up. Digits after the point; negative ones are before it.",
    arguments: &[("number", "Integer, Float or Decimal"), ("digits", "Integer, constant")],
    returns: "The type of the number.",
    examples: &[Example { sql: "ceil(2.1)", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for Ceil {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        if args.len() == 2 {
            args.expect(1, ChType::is_integer)?;
        }
        args.expect(0, ChType::is_number).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        round(call, Mode::Up)
    }
}
