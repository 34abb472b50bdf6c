//! `floor`: a number rounded down.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::rounding::{Mode, round};
use crate::function::{Args, Call, Case, Example, Function, Spec};

pub(in crate::function) struct Floor;

static SPEC: Spec = Spec {
    name: "floor",
    case: Case::Insensitive,
    category: "math",
    syntax: "floor(number[, digits])",
    summary: "A number rounded down. Digits after the point; negative ones are before it.",
    arguments: &[("number", "Integer, Float or Decimal"), ("digits", "Integer, constant")],
    returns: "The type of the number.",
    examples: &[
        Example { sql: "floor(2.7)", answer: "2" },
        Example { sql: "floor(-2.75, 1)", answer: "-2.8" },
    ],
    ..Spec::EMPTY
};

impl Function for Floor {
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
        round(call, Mode::Down)
    }
}
