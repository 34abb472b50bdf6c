//! `UUIDNumToString`: A UUID of 16 bytes as text.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct UuidNumToString;

static SPEC: Spec = Spec {
    name: "UUIDNumToString",
    category: "uuid",
    syntax: "UUIDNumToString(bytes[, variant])",
    summary: "A UUID of 16 bytes as text.",
    arguments: &[("bytes", "FixedString(16)")],
    returns: "String",
    examples: &[Example {
        sql: "UUIDNumToString(toFixedString('a/<@];!~p{jTj={)', 16))",
        answer: "612f3c40-5d3b-217e-707b-6a546a3d7b29",
    }],
    ..Spec::EMPTY
};

impl Function for UuidNumToString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::FixedString(16)))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let bytes = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            for (at, byte) in bytes.get(row).iter().enumerate() {
                if matches!(at, 4 | 6 | 8 | 10) {
                    out.push(b'-');
                }
                out.extend(format!("{byte:02x}").into_bytes());
            }
            Ok(())
        })
    }
}
