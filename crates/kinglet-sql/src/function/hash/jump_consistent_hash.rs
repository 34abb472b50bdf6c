//! `jumpConsistentHash`: the bucket of a number, from 0, by jump consistent hashing.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct JumpConsistentHash;

static SPEC: Spec = Spec {
    name: "jumpConsistentHash",
    category: "hash",
    syntax: "jumpConsistentHash(number, buckets)",
    summary: "The bucket of a number, from 0, by jump consistent hashing.",
    arguments: &[("number", "Unsigned integer"), ("buckets", "Integer, constant")],
    returns: "Int32",
    examples: &[Example { sql: "jumpConsistentHash(256, 4)", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for JumpConsistentHash {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        args.expect(1, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::Int32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (numbers, buckets) = (call.ints(0)?, call.ints(1)?.get(0));
        if buckets <= 0 || buckets > i64::from(i32::MAX) {
            let message = format!("The number of buckets of function {} must be positive", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        result::ints(call.result, call.rows, |row| {
            // J. Lamping and E. Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm" (2014).
            let (mut key, mut bucket, mut next) = (numbers.get(row) as u64, -1, 0);
            while next < buckets {
                bucket = next;
                key = key.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
                next = ((bucket + 1) as f64 * ((1_u64 << 31) as f64 / ((key >> 33) + 1) as f64)) as i64;
            }
            Ok(bucket)
        })
    }
}
