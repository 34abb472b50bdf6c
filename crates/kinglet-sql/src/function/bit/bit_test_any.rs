//! `bitTestAny`: whether any of the bits at these positions, from 0, is set.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitTestAny;

static SPEC: Spec = Spec {
    name: "bitTestAny",
    category: "bit",
    syntax: "bitTestAny(number, index, ..)",
    summary: "Whether any of the bits at these positions, from 0, is set.",
    arguments: &[("number", "Integer"), ("index", "Unsigned integers")],
    returns: "UInt8",
    examples: &[Example { sql: "bitTestAny(43, 0, 2)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for BitTestAny {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        super::operands::expect_all_integers(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::operands::tested(call, |number, mask| number & mask != 0)
    }
}
