//! `roundBankers`: a number rounded, halves to the even neighbour.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::rounding::{Mode, round};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct RoundBankers;

static SPEC: Spec = Spec {
    name: "roundBankers",
    category: "math",
    syntax: "roundBankers(number[, digits])",
    summary: "A number rounded, halves to the even neighbour. Digits after the point; negative ones are before it.",
    arguments: &[("number", "Integer, Float or Decimal"), ("digits", "Integer, constant")],
    returns: "The type of the number.",
    examples: &[Example { sql: "roundBankers(3.5)", answer: "4" }],
    ..Spec::EMPTY
};

impl Function for RoundBankers {
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
