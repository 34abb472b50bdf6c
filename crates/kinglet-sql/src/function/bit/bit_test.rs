//! `bitTest`: the bit at a place, counted from the lowest.

use super::operands::expect_integers;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitTest;

static SPEC: Spec = Spec {
    name: "bitTest",
    category: "bit",
    syntax: "bitTest(left, right)",
    summary: "The bit at a place, counted from the lowest.",
    arguments: &[("left", "Integer"), ("right", "Integer")],
    returns: "An integer.",
    examples: &[Example { sql: "bitTest(5, 2)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for BitTest {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_integers(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.ints(0)?, call.ints(1)?);
        result::flags(call.rows, |row| {
            let at = super::operands::position(right.get(row), call.ty(0))?;
            Ok((left.get(row) >> at) & 1 == 1)
        })
    }
}
