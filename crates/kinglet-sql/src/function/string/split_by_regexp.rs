//! `splitByRegexp`: the parts of a text between the matches of a regular expression.

use super::split::split;
use crate::function::search::Patterns;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct SplitByRegexp;

static SPEC: Spec = Spec {
    name: "splitByRegexp",
    category: "string",
    syntax: "splitByRegexp(pattern, text[, max_parts])",
    summary: "The parts of a text between the matches of a regular expression.",
    arguments: &[("pattern", "String, constant"), ("text", "String"), ("max_parts", "Integer")],
    returns: "Array(String)",
    examples: &[Example { sql: "splitByRegexp('\\\\\\\\d+', 'a12bc23de')", answer: "['a12bc23de']" }],
    ..Spec::EMPTY
};

impl Function for SplitByRegexp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let pattern = call.bytes(0)?.get(0);
        if pattern.is_empty() {
            return split(call, |text, visit| text.chunks(1).for_each(visit));
        }
        let mut patterns = Patterns::default();
        let pattern = patterns.get(pattern)?;
        split(call, |text, visit| {
            if !text.is_empty() {
                pattern.split(text).for_each(visit);
            }
        })
    }
}
