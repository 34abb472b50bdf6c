//! `bitRotateRight`: the bits moved to the right, those that leave coming back at the other end.

use super::operands::expect_integers;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitRotateRight;

static SPEC: Spec = Spec {
    name: "bitRotateRight",
    category: "bit",
    syntax: "bitRotateRight(number, count)",
    summary: "The bits moved to the right, those that leave coming back at the other end.",
    arguments: &[("number", "Integer"), ("count", "Integer")],
    returns: "The wider type of both",
    examples: &[Example { sql: "bitRotateRight(99, 2)", answer: "216" }],
    ..Spec::EMPTY
};

impl Function for BitRotateRight {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_integers(args)?;
        super::operands::pair_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::operands::rotated(call, true)
    }
}
