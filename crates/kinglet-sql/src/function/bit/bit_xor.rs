//! `bitXor`: the bits that just one of the numbers has.

use super::operands::{expect_integers, pair_type};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitXor;

static SPEC: Spec = Spec {
    name: "bitXor",
    category: "bit",
    syntax: "bitXor(left, right)",
    summary: "The bits that just one of the numbers has.",
    arguments: &[("left", "Integer"), ("right", "Integer")],
    returns: "An integer.",
    examples: &[Example { sql: "bitXor(12, 10)", answer: "6" }],
    ..Spec::EMPTY
};

impl Function for BitXor {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_integers(args)?;
        pair_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.ints(0)?, call.ints(1)?);
        result::ints(call.result, call.rows, |row| Ok(left.get(row) ^ right.get(row)))
    }
}
