//! `match`: whether a regular expression occurs in a text.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::pattern::Patterns;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct MatchPattern;

static SPEC: Spec = Spec {
    name: "match",
    aliases: &["REGEXP_MATCHES"],
    case: Case::Insensitive,
    category: "search",
    syntax: "match(text, pattern)",
    summary: "Whether the regular expression (RE2 syntax) matches anywhere in the text.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "UInt8: 1 or 0.",
    examples: &[Example { sql: "match('kinglet-42', '\\\\d+')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for MatchPattern {
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
        let (text, pattern) = (call.bytes(0)?, call.bytes(1)?);
        let mut patterns = Patterns::default();
        result::flags(call.rows, |row| Ok(patterns.get(pattern.get(row))?.is_match(text.get(row))))
    }
}
