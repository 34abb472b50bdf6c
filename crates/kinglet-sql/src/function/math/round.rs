//! `round`: a number rounded to digits.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::rounding::{Mode, round};
use crate::function::{Args, Call, Case, Example, Function, Spec};

pub(in crate::function) struct Round;

static SPEC: Spec = Spec {
    name: "round",
    case: Case::Insensitive,
    category: "math",
    syntax: "round(number[, digits])",
    summary: "A number rounded to digits. Digits after the point; negative ones are before it.",
    arguments: &[("number", "Integer, Float or Decimal"), ("digits", "Integer, constant")],
    returns: "The type of the number.",
    examples: &[
        Example { sql: "round(2.5)", answer: "2" },
        Example { sql: "round(1234.5678, 2)", answer: "1234.57" },
        Example { sql: "round(1234, -2)", answer: "1200" },
    ],
    ..Spec::EMPTY
};

impl Function for Round {
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
        round(call, Mode::HalfToEven)
    }
}
