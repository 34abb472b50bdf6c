//! `bitShiftLeft`: the bits moved up.

use super::operands::{expect_integers, pair_type};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitShiftLeft;

static SPEC: Spec = Spec {
    name: "bitShiftLeft",
    category: "bit",
    syntax: "bitShiftLeft(left, right)",
    summary: "The bits moved up.",
    arguments: &[("left", "Integer"), ("right", "Integer")],
    returns: "An integer.",
    examples: &[Example { sql: "bitShiftLeft(1, 4)", answer: "16" }],
    ..Spec::EMPTY
};

impl Function for BitShiftLeft {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_integers(args)?;
        pair_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.ints(0)?, call.ints(1)?);
        result::ints(call.result, call.rows, |row| Ok(shift(left.get(row), right.get(row), i64::checked_shl)))
    }
}

fn shift(value: i64, by: i64, with: fn(i64, u32) -> Option<i64>) -> i64 {
    u32::try_from(by).ok().and_then(|by| with(value, by)).unwrap_or(0)
}
