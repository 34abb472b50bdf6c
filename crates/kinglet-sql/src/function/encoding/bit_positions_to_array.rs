//! `bitPositionsToArray`: the positions of the set bits of a number, from 0.

use super::bits_of::bits_of;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitPositionsToArray;

static SPEC: Spec = Spec {
    name: "bitPositionsToArray",
    category: "encoding",
    syntax: "bitPositionsToArray(number)",
    summary: "The positions of the set bits of a number, from 0.",
    arguments: &[("number", "Integer")],
    returns: "Array(UInt64)",
    examples: &[Example { sql: "bitPositionsToArray(50)", answer: "[1,4,5]" }],
    ..Spec::EMPTY
};

impl Function for BitPositionsToArray {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::array(ChType::UInt64))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        bits_of(call, i64::from)
    }
}
