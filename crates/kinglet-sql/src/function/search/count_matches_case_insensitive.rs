//! `countMatchesCaseInsensitive`: how often a regular expression matches in the text, letters in any case; empty matches do not count.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct CountMatchesCaseInsensitive;

static SPEC: Spec = Spec {
    name: "countMatchesCaseInsensitive",
    category: "search",
    syntax: "countMatchesCaseInsensitive(text, pattern)",
    summary: "How often a regular expression matches in the text, letters in any case; empty matches do not count.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "UInt64",
    examples: &[Example { sql: "countMatchesCaseInsensitive('foobarfoo', 'o+')", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for CountMatchesCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        crate::function::shape::expect_texts(args, 2)?;
        args.expect_constant(1)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::several::count_matches(call, true)
    }
}
