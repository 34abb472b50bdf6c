//! `upperUTF8`: letters in upper case, by Unicode.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct UpperUtf8;

static SPEC: Spec = Spec {
    name: "upperUTF8",
    category: "string",
    syntax: "upperUTF8(text)",
    summary: "Turns all letters of a UTF-8 text into upper case.",
    arguments: &[("text", "String")],
    returns: "String",
    examples: &[Example { sql: "upperUTF8('école')", answer: "ÉCOLE" }],
    ..Spec::EMPTY
};

impl Function for UpperUtf8 {
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
            out.extend_from_slice(String::from_utf8_lossy(text.get(row)).to_uppercase().as_bytes());
            Ok(())
        })
    }
}
