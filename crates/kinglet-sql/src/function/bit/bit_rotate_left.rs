//! `bitRotateLeft`: the bits moved to the left, those that leave coming back at the other end.

use super::operands::expect_integers;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitRotateLeft;

static SPEC: Spec = Spec {
    name: "bitRotateLeft",
    category: "bit",
    syntax: "bitRotateLeft(number, count)",
    summary: "The bits moved to the left, those that leave coming back at the other end.",
    arguments: &[("number", "Integer"), ("count", "Integer")],
    returns: "The wider type of both",
    examples: &[Example { sql: "bitRotateLeft(99, 2)", answer: "141" }],
    ..Spec::EMPTY
};

impl Function for BitRotateLeft {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_integers(args)?;
        super::operands::pair_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::operands::rotated(call, false)
    }
}
