//! `bitCount`: the number of bits that are set.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct BitCount;

static SPEC: Spec = Spec {
    name: "bitCount",
    category: "bit",
    syntax: "bitCount(number)",
    summary: "The number of bits that are set.",
    arguments: &[("number", "Integer")],
    returns: "UInt8",
    examples: &[Example { sql: "bitCount(toInt8(-1))", answer: "8" }],
    ..Spec::EMPTY
};

impl Function for BitCount {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let width = call.ty(0).integer_bits().map_or(64, |(bits, _)| u32::from(bits));
        let mask = u64::MAX.checked_shr(64_u32.saturating_sub(width)).unwrap_or(u64::MAX);
        let numbers = call.ints(0)?;
        result::ints(call.result, call.rows, |row| Ok((numbers.get(row) as u64 & mask).count_ones().into()))
    }
}
