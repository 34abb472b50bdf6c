//! `like`: whether a text matches a LIKE pattern.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::like_pattern::matches;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct Like;

static SPEC: Spec = Spec {
    name: "like",
    category: "search",
    syntax: "like(text, pattern)",
    summary: "Whether the whole text matches the pattern: `%` stands for any bytes, `_` for one character, a backslash takes the next one literally.",
    arguments: &[("text", "String or FixedString"), ("pattern", "String")],
    returns: "UInt8: 1 or 0.",
    examples: &[Example { sql: "like('kinglet', 'king%')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for Like {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        matches(call, false, false)
    }
}
