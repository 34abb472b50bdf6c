//! `trunc`: a number rounded towards zero.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::rounding::{Mode, round};
use crate::function::{Args, Call, Case, Example, Function, Spec};

pub(in crate::function) struct Trunc;

static SPEC: Spec = Spec {
    name: "trunc",
    aliases: &["truncate"],
    case: Case::Insensitive,
    category: "math",
    syntax: "trunc(number[, digits])",
    summary: "A number rounded towards zero. Digits after the point; negative ones are before it.",
    arguments: &[("number", "Integer, Float or Decimal"), ("digits", "Integer, constant")],
    returns: "The type of the number.",
    examples: &[Example { sql: "trunc(-2.7)", answer: "-2" }],
    ..Spec::EMPTY
};

impl Function for Trunc {
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
        round(call, Mode::Zero)
    }
}
