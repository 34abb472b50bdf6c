//! `parseReadableSize`: the number of bytes of a size such as `1 KiB` or `1.5 MB`, rounded up.

use super::size_text::bytes;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct ParseReadableSize;

static SPEC: Spec = Spec {
    name: "parseReadableSize",
    category: "other",
    syntax: "parseReadableSize(text)",
    summary: "The number of bytes of a size such as `1 KiB` or `1.5 MB`, rounded up.",
    arguments: &[("text", "String")],
    returns: "UInt64",
    examples: &[Example { sql: "parseReadableSize('1.5 KiB')", answer: "1536" }],
    ..Spec::EMPTY
};

impl Function for ParseReadableSize {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        crate::function::shape::expect_texts(args, 1)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::ints(call.result, call.rows, |row| {
            bytes(texts.get(row)).ok_or_else(|| {
                let message = format!(
                    "Invalid expression for function {} - '{}'",
                    call.name,
                    String::from_utf8_lossy(texts.get(row))
                );
                SqlError::new(ErrorCode::CANNOT_PARSE_TEXT, message)
            })
        })
    }
}
