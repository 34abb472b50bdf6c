//! `matchCaseInsensitive`: whether the regular expression matches anywhere in the text, letters in any case.

use super::pattern::Patterns;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MatchCaseInsensitive;

static SPEC: Spec = Spec {
    name: "matchCaseInsensitive",
    category: "search",
    syntax: "matchCaseInsensitive(text, pattern)",
    summary: "Whether the regular expression matches anywhere in the text, letters in any case.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "UInt8",
    examples: &[Example { sql: "matchCaseInsensitive('Kinglet', 'KING')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for MatchCaseInsensitive {
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
        result::flags(call.rows, |row| {
            Ok(patterns.get(&[b"(?i)", pattern.get(row)].concat())?.is_match(text.get(row)))
        })
    }
}
