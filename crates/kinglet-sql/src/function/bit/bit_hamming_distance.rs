//! `bitHammingDistance`: number of bits that differ.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitHammingDistance;

static SPEC: Spec = Spec {
    name: "bitHammingDistance",
    category: "bit",
    syntax: "bitHammingDistance(left, right)",
    summary: "Number of bits that differ.",
    arguments: &[("left", "Integer or text"), ("right", "the same")],
    returns: "UInt8; UInt64 for texts",
    examples: &[Example { sql: "bitHammingDistance(111, 121)", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for BitHammingDistance {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        if args.ty(0).is_text() && args.ty(1).is_text() {
            return Ok(ChType::UInt64);
        }
        super::operands::expect_all_integers(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if call.ty(0).is_text() {
            let (left, right) = (call.bytes(0)?, call.bytes(1)?);
            return result::ints(call.result, call.rows, |row| {
                let (left, right) = (left.get(row), right.get(row));
                let common: u32 = left.iter().zip(right).map(|(a, b)| (a ^ b).count_ones()).sum();
                let longer = if left.len() > right.len() { left } else { right };
                let rest: u32 =
                    longer.iter().skip(left.len().min(right.len())).map(|byte| byte.count_ones()).sum();
                Ok(i64::from(common + rest))
            });
        }
        let (left, right) = (call.ints(0)?, call.ints(1)?);
        let bits = |at: usize| call.ty(at).integer_bits().map_or(64, |(bits, _)| bits);
        let mask = u64::MAX >> (64 - bits(0).max(bits(1)).clamp(8, 64));
        result::ints(call.result, call.rows, |row| {
            Ok(((left.get(row) ^ right.get(row)) as u64 & mask).count_ones().into())
        })
    }
}
