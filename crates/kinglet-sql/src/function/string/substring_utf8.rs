//! `substringUTF8`: a part of a text, by characters.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::slice::slice_range;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct SubstringUtf8;

static SPEC: Spec = Spec {
    name: "substringUTF8",
    aliases: &["substrUTF8"],
    category: "string",
    syntax: "substringUTF8(text, offset[, length])",
    summary: "The characters from an offset on, counted from 1; a negative offset counts from the end.",
    arguments: &[("text", "String"), ("offset", "Integer"), ("length", "Integer")],
    returns: "String",
    examples: &[Example { sql: "substringUTF8('Fußball', 3, 2)", answer: "ßb" }],
    ..Spec::EMPTY
};

impl Function for SubstringUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        for at in 1..args.len() {
            args.expect(at, ChType::is_integer)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, offset) = (call.bytes(0)?, call.ints(1)?);
        let length = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        result::texts(call.rows, |row, out| {
            let text = String::from_utf8_lossy(text.get(row));
            let length = length.as_ref().map(|length| length.get(row));
            let range = slice_range(text.chars().count(), offset.get(row), length);
            out.extend(text.chars().skip(range.start).take(range.len()).collect::<String>().into_bytes());
            Ok(())
        })
    }
}
