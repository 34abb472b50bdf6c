//! `replaceRegexpOne`: the first match of a regular expression replaced.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::pattern::{Patterns, bad_argument, replace};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ReplaceRegexpOne;

static SPEC: Spec = Spec {
    name: "replaceRegexpOne",
    category: "search",
    syntax: "replaceRegexpOne(text, pattern, replacement)",
    summary: "Replaces the first match; `\\\\0` to `\\\\9` in the replacement stand for the match and its groups.",
    arguments: &[("text", "String"), ("pattern", "String"), ("replacement", "String")],
    returns: "String",
    examples: &[Example { sql: "replaceRegexpOne('a1b2', '\\\\d', '#')", answer: "a#b2" }],
    ..Spec::EMPTY
};

impl Function for ReplaceRegexpOne {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        for at in 0..3 {
            args.expect(at, ChType::is_text)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, pattern, with) = (call.bytes(0)?, call.bytes(1)?, call.bytes(2)?);
        let mut patterns = Patterns::default();
        result::texts(call.rows, |row, out| {
            if pattern.get(row).is_empty() {
                out.extend_from_slice(text.get(row));
                return Ok(());
            }
            let pattern = patterns.get(pattern.get(row)).map_err(bad_argument)?;
            replace(pattern, text.get(row), with.get(row), false, out);
            Ok(())
        })
    }
}
