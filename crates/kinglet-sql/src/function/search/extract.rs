//! `extract`: the first match of a regular expression.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::pattern::{Patterns, wanted};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct Extract;

static SPEC: Spec = Spec {
    name: "extract",
    category: "search",
    syntax: "extract(text, pattern)",
    summary: "The first match, or its first group if the pattern has one; empty if nothing matches.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "String",
    examples: &[
        Example { sql: "extract('order 42', '\\\\d+')", answer: "42" },
        Example { sql: "extract('a=1', 'a=(.)')", answer: "1" },
    ],
    ..Spec::EMPTY
};

impl Function for Extract {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, pattern) = (call.bytes(0)?, call.bytes(1)?);
        let mut patterns = Patterns::default();
        result::texts(call.rows, |row, out| {
            let found = patterns.get(pattern.get(row))?.captures(text.get(row));
            if let Some(part) = found.as_ref().and_then(wanted) {
                out.extend_from_slice(part);
            }
            Ok(())
        })
    }
}
