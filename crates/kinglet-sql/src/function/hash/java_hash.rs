//! `javaHash`: java's hashCode of a text or a signed number.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct JavaHash;

static SPEC: Spec = Spec {
    name: "javaHash",
    category: "hash",
    syntax: "javaHash(value)",
    summary: "Java's hashCode of a text or a signed number.",
    arguments: &[("value", "String, or a signed integer")],
    returns: "Int32",
    examples: &[Example { sql: "javaHash('Hello, world!')", answer: "-1880044555" }],
    ..Spec::EMPTY
};

impl Function for JavaHash {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        let ty =
            args.expect(0, |ty| ty.is_text() || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        if ty.integer_bits().is_some_and(|(_, signed)| !signed) {
            return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, "Unsigned types are not supported"));
        }
        Ok(ChType::Int32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if call.ty(0).is_text() {
            let texts = call.bytes(0)?;
            return result::ints(call.result, call.rows, |row| {
                let step = |hash: i32, byte: &u8| hash.wrapping_mul(31).wrapping_add(i32::from(*byte as i8));
                Ok(texts.get(row).iter().fold(0, step).into())
            });
        }
        let numbers = call.ints(0)?;
        let wide = *call.ty(0) == ChType::Int64;
        result::ints(call.result, call.rows, |row| {
            let number = numbers.get(row);
            Ok(if wide { number ^ (number as u64 >> 32) as i64 } else { number })
        })
    }
}
