//! `intHash32`: A fast hash of a whole number.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IntHash32;

static SPEC: Spec = Spec {
    name: "intHash32",
    category: "hash",
    syntax: "intHash32(number)",
    summary: "A fast hash of a whole number.",
    arguments: &[("number", "Integer")],
    returns: "UInt32",
    examples: &[Example { sql: "intHash32(42)", answer: "1228623923" }],
    ..Spec::EMPTY
};

impl Function for IntHash32 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| {
            ty.is_date() || ty.is_date_time() || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)
        })?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.ints(0)?;
        result::ints(
            call.result,
            call.rows,
            |row| Ok(super::mix::int_hash_32(numbers.get(row) as u64).into()),
        )
    }
}
