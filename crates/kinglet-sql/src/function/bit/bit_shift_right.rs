//! `bitShiftRight`: the bits moved down.

use super::operands::{expect_integers, pair_type};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitShiftRight;

static SPEC: Spec = Spec {
    name: "bitShiftRight",
    category: "bit",
    syntax: "bitShiftRight(left, right)",
    summary: "The bits moved down.",
    arguments: &[("left", "Integer"), ("right", "Integer")],
    returns: "An integer.",
    examples: &[Example { sql: "bitShiftRight(256, 3)", answer: "32" }],
    ..Spec::EMPTY
};

impl Function for BitShiftRight {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_integers(args)?;
        pair_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let unsigned = *call.ty(0) == ChType::UInt64;
        let (left, right) = (call.ints(0)?, call.ints(1)?);
        result::ints(call.result, call.rows, |row| Ok(shift(left.get(row), right.get(row), unsigned)))
    }
}

fn shift(value: i64, by: i64, unsigned: bool) -> i64 {
    let by = u32::try_from(by).unwrap_or(u32::MAX);
    if unsigned { (value as u64).checked_shr(by).unwrap_or(0) as i64 } else { value >> by.min(63) }
}
