//! `notLike`: whether a text does not match a LIKE pattern.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::like_pattern::matches;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct NotLike;

static SPEC: Spec = Spec {
    name: "notLike",
    category: "search",
    syntax: "notLike(text, pattern)",
    summary: "Whether the whole text does not match the pattern: `%` stands for any bytes, `_` for one character, a backslash takes the next one literally.",
    arguments: &[("text", "String or FixedString"), ("pattern", "String")],
    returns: "UInt8: 1 or 0.",
    examples: &[Example { sql: "notLike('kinglet', 'king%')", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for NotLike {
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
        matches(call, false, true)
    }
}
