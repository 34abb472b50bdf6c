//! `bitmaskToArray`: the powers of two a number is the sum of.

use super::bits_of::bits_of;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitmaskToArray;

static SPEC: Spec = Spec {
    name: "bitmaskToArray",
    category: "encoding",
    syntax: "bitmaskToArray(number)",
    summary: "The powers of two a number is the sum of.",
    arguments: &[("number", "Integer")],
    returns: "Array of the number's type",
    examples: &[Example { sql: "bitmaskToArray(50)", answer: "[2,16,32]" }],
    ..Spec::EMPTY
};

impl Function for BitmaskToArray {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        let ty = args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::array(ty.clone()))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        bits_of(call, |bit| 1 << bit)
    }
}
