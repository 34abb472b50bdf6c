//! `positionUTF8`: position in characters, from 1, of the first occurrence; 0 if there is none.

use super::find::find_characters;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct PositionUtf8;

static SPEC: Spec = Spec {
    name: "positionUTF8",
    category: "search",
    syntax: "positionUTF8(text, needle[, start])",
    summary: "Position in characters, from 1, of the first occurrence; 0 if there is none.",
    arguments: &[("text", "String"), ("needle", "String"), ("start", "Integer: position to start from")],
    returns: "UInt64",
    examples: &[Example { sql: "positionUTF8('Motörhead', 'r')", answer: "5" }],
    ..Spec::EMPTY
};

impl Function for PositionUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        find_characters(call, false)
    }
}
