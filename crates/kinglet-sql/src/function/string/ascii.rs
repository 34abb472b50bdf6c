//! `ascii`: the first byte as a number; 0 for an empty text.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Ascii;

static SPEC: Spec = Spec {
    name: "ascii",
    case: Case::Insensitive,
    category: "string",
    syntax: "ascii(text)",
    summary: "The first byte as a number; 0 for an empty text.",
    arguments: &[("text", "String")],
    returns: "Int32",
    examples: &[Example { sql: "ascii('A')", answer: "65" }],
    ..Spec::EMPTY
};

impl Function for Ascii {
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
            Ok(texts.get(row).first().map_or(0, |byte| i64::from(*byte)))
        })
    }
}
