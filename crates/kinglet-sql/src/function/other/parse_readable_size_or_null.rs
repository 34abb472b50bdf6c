//! `parseReadableSizeOrNull`: the number of bytes of a size such as `1 KiB`; NULL for another text.

use super::size_text::bytes;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ParseReadableSizeOrNull;

static SPEC: Spec = Spec {
    name: "parseReadableSizeOrNull",
    category: "other",
    syntax: "parseReadableSizeOrNull(text)",
    summary: "The number of bytes of a size such as `1 KiB`; NULL for another text.",
    arguments: &[("text", "String")],
    returns: "Nullable(UInt64)",
    examples: &[Example { sql: "parseReadableSizeOrNull('1.5 KiB')", answer: "1536" }],
    ..Spec::EMPTY
};

impl Function for ParseReadableSizeOrNull {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        crate::function::shape::expect_texts(args, 1)?;
        Ok(ChType::UInt64.nullable())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::nullable_ints(call.result, call.rows, |row| Ok(bytes(texts.get(row))))
    }
}
