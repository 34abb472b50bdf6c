//! `positionCaseInsensitiveUTF8`: position in characters, from 1, of the first occurrence with letters in any case; 0 if there is none.

use super::find::find_characters;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct PositionCaseInsensitiveUtf8;

static SPEC: Spec = Spec {
    name: "positionCaseInsensitiveUTF8",
    category: "search",
    syntax: "positionCaseInsensitiveUTF8(text, needle[, start])",
    summary: "Position in characters, from 1, of the first occurrence with letters in any case; 0 if there is none.",
    arguments: &[("text", "String"), ("needle", "String"), ("start", "Integer: position to start from")],
    returns: "UInt64",
    examples: &[Example { sql: "positionCaseInsensitiveUTF8('MOTÖRHEAD', 'ör')", answer: "4" }],
    ..Spec::EMPTY
};

impl Function for PositionCaseInsensitiveUtf8 {
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
        find_characters(call, true)
    }
}
