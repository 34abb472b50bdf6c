//! `lowerUTF8`: letters in lower case, by Unicode.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct LowerUtf8;

static SPEC: Spec = Spec {
    name: "lowerUTF8",
    category: "string",
    syntax: "lowerUTF8(text)",
    summary: "Turns all letters of a UTF-8 text into lower case.",
    arguments: &[("text", "String")],
    returns: "String",
    examples: &[Example { sql: "lowerUTF8('ÉCOLE')", answer: "école" }],
    ..Spec::EMPTY
};

impl Function for LowerUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let text = call.bytes(0)?;
        result::texts_of(call.result, call.rows, |row, out| {
            out.extend_from_slice(String::from_utf8_lossy(text.get(row)).to_lowercase().as_bytes());
            Ok(())
        })
    }
}
