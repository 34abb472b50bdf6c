//! `extractAll`: all matches of a regular expression.

use arrow::array::{ArrayBuilder, ArrayRef, BinaryViewBuilder};
use kinglet_types::{ChType, Result};

use std::sync::Arc;

use super::pattern::{Patterns, wanted};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ExtractAll;

static SPEC: Spec = Spec {
    name: "extractAll",
    category: "search",
    syntax: "extractAll(text, pattern)",
    summary: "All matches, or their first groups if the pattern has one.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "Array(String)",
    examples: &[Example { sql: "extractAll('1, 2 and 3', '\\\\d')", answer: "['1','2','3']" }],
    ..Spec::EMPTY
};

impl Function for ExtractAll {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        args.expect_constant(1)?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, pattern) = (call.bytes(0)?, call.bytes(1)?);
        let mut patterns = Patterns::default();
        let mut elements = BinaryViewBuilder::new();
        let mut lengths = Vec::with_capacity(call.rows);
        for row in 0..call.rows {
            let found = patterns.get(pattern.get(row))?.captures_iter(text.get(row));
            let before = elements.len();
            for captures in found.filter(|found| found.get(0).is_some_and(|all| !all.is_empty())) {
                elements.append_value(wanted(&captures).unwrap_or_default());
            }
            lengths.push(elements.len() - before);
        }
        result::lists(call.result, Arc::new(elements.finish()), lengths)
    }
}
