//! `bitmaskToList`: the powers of two a number is the sum of, separated by commas.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BitmaskToList;

static SPEC: Spec = Spec {
    name: "bitmaskToList",
    category: "encoding",
    syntax: "bitmaskToList(number)",
    summary: "The powers of two a number is the sum of, separated by commas.",
    arguments: &[("number", "Integer")],
    returns: "String",
    examples: &[Example { sql: "bitmaskToList(50)", answer: "2,16,32" }],
    ..Spec::EMPTY
};

impl Function for BitmaskToList {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.ints(0)?;
        let width = call.ty(0).integer_bits().map_or(64, |(bits, _)| bits);
        result::texts(call.rows, |row, out| {
            let number = numbers.get(row) as u64;
            for bit in (0..width).filter(|bit| number >> bit & 1 == 1) {
                if !out.is_empty() {
                    out.push(b',');
                }
                out.extend((1_u64 << bit).to_string().into_bytes());
            }
            Ok(())
        })
    }
}
