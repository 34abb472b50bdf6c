//! `bitTestAll`: whether all the bits at these positions, from 0, are set.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitTestAll;

static SPEC: Spec = Spec {
    name: "bitTestAll",
    category: "bit",
    syntax: "bitTestAll(number, index, ..)",
    summary: "Whether all the bits at these positions, from 0, are set.",
    arguments: &[("number", "Integer"), ("index", "Unsigned integers")],
    returns: "UInt8",
    examples: &[Example { sql: "bitTestAll(43, 0, 1, 3, 5)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for BitTestAll {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        super::operands::expect_all_integers(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::operands::tested(call, |number, mask| number & mask == mask)
    }
}
