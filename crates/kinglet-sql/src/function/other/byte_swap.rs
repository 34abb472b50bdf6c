//! `byteSwap`: the number with its bytes in reverse order.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ByteSwap;

static SPEC: Spec = Spec {
    name: "byteSwap",
    case: Case::Insensitive,
    category: "other",
    syntax: "byteSwap(number)",
    summary: "The number with its bytes in reverse order.",
    arguments: &[("number", "Integer")],
    returns: "The type of the number",
    examples: &[Example { sql: "byteSwap(3351772109)", answer: "3455829959" }],
    ..Spec::EMPTY
};

impl Function for ByteSwap {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.ints(0)?;
        let bits = u32::from(call.ty(0).integer_bits().map_or(64, |(bits, _)| bits).max(8));
        result::ints(call.result, call.rows, |row| {
            Ok(((numbers.get(row) as u64).swap_bytes() >> (64 - bits)) as i64)
        })
    }
}
