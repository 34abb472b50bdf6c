//! `notILike`: whether a text does not match a LIKE pattern, in any case.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::like_pattern::matches;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct NotIlike;

static SPEC: Spec = Spec {
    name: "notILike",
    category: "search",
    syntax: "notILike(text, pattern)",
    summary: "Whether the whole text does not match the pattern: `%` stands for any bytes, `_` for one character, a backslash takes the next one literally. Letters are equal in either case.",
    arguments: &[("text", "String or FixedString"), ("pattern", "String")],
    returns: "UInt8: 1 or 0.",
    examples: &[Example { sql: "notILike('kinglet', 'KING%')", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for NotIlike {
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
        matches(call, true, true)
    }
}
