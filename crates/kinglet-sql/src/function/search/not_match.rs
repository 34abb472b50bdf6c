//! `notMatch`: whether the regular expression matches nowhere in the text.

use super::pattern::Patterns;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct NotMatch;

static SPEC: Spec = Spec {
    name: "notMatch",
    category: "search",
    syntax: "notMatch(text, pattern)",
    summary: "Whether the regular expression matches nowhere in the text.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "UInt8",
    examples: &[Example { sql: "notMatch('kinglet', 'x+')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for NotMatch {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        crate::function::shape::expect_texts(args, 2)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, pattern) = (call.bytes(0)?, call.bytes(1)?);
        let mut patterns = Patterns::default();
        result::flags(call.rows, |row| Ok(!patterns.get(pattern.get(row))?.is_match(text.get(row))))
    }
}
