//! `intHash64`: A fast hash of a whole number.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IntHash64;

static SPEC: Spec = Spec {
    name: "intHash64",
    category: "hash",
    syntax: "intHash64(number)",
    summary: "A fast hash of a whole number.",
    arguments: &[("number", "Integer")],
    returns: "UInt64",
    examples: &[Example { sql: "intHash64(42)", answer: "11490350930367293593" }],
    ..Spec::EMPTY
};

impl Function for IntHash64 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| {
            ty.is_date() || ty.is_date_time() || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)
        })?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.ints(0)?;
        result::ints(
            call.result,
            call.rows,
            |row| Ok(super::mix::int_hash_64(numbers.get(row) as u64) as i64),
        )
    }
}
