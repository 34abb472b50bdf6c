//! `javaHashUTF16LE`: java's hashCode of a text in UTF-16, little endian.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct JavaHashUtf16Le;

static SPEC: Spec = Spec {
    name: "javaHashUTF16LE",
    category: "hash",
    syntax: "javaHashUTF16LE(text)",
    summary: "Java's hashCode of a text in UTF-16, little endian.",
    arguments: &[("text", "String")],
    returns: "Int32",
    examples: &[Example { sql: "javaHashUTF16LE('a\\\\0b\\\\0')", answer: "23518285" }],
    ..Spec::EMPTY
};

impl Function for JavaHashUtf16Le {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::Int32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::ints(call.result, call.rows, |row| {
            let text = texts.get(row);
            if !text.len().is_multiple_of(2) {
                let message = "Arguments length should be even for javaHashUTF16LE";
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
            let units = text.chunks_exact(2).map(|pair| i32::from(u16::from_le_bytes([pair[0], pair[1]])));
            Ok(units.fold(0_i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(unit)).into())
        })
    }
}
