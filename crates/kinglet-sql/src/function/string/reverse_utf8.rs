//! `reverseUTF8`: the characters of a text in reverse.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ReverseUtf8;

static SPEC: Spec = Spec {
    name: "reverseUTF8",
    category: "string",
    syntax: "reverseUTF8(text)",
    summary: "The characters of a UTF-8 text in reverse order.",
    arguments: &[("text", "String")],
    returns: "String",
    examples: &[Example { sql: "reverseUTF8('né')", answer: "én" }],
    ..Spec::EMPTY
};

impl Function for ReverseUtf8 {
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
            out.extend(String::from_utf8_lossy(text.get(row)).chars().rev().collect::<String>().into_bytes());
            Ok(())
        })
    }
}
