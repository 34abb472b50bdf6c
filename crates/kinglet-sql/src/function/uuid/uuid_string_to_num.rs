//! `UUIDStringToNum`: the 16 bytes of a UUID in text; zeros for another text.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct UuidStringToNum;

static SPEC: Spec = Spec {
    name: "UUIDStringToNum",
    category: "uuid",
    syntax: "UUIDStringToNum(text[, variant])",
    summary: "The 16 bytes of a UUID in text; zeros for another text.",
    arguments: &[("text", "String")],
    returns: "FixedString(16)",
    examples: &[Example {
        sql: "hex(UUIDStringToNum('612f3c40-5d3b-217e-707b-6a546a3d7b29'))",
        answer: "612F3C405D3B217E707B6A546A3D7B29",
    }],
    ..Spec::EMPTY
};

impl Function for UuidStringToNum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::FixedString(16))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::texts_of(call.result, call.rows, |row, out| {
            out.extend(crate::text::parse_uuid(texts.get(row)).unwrap_or_default());
            Ok(())
        })
    }
}
