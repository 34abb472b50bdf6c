//! `extractGroups`: the groups of the first match of a regular expression.

use super::pattern::Patterns;
use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ExtractGroups;

static SPEC: Spec = Spec {
    name: "extractGroups",
    category: "search",
    syntax: "extractGroups(text, pattern)",
    summary: "The groups of the first match of a regular expression.",
    arguments: &[("text", "String"), ("pattern", "String")],
    returns: "Array(String)",
    examples: &[Example { sql: "extractGroups('a=1', '(\\\\w)=(\\\\d)')", answer: "['a','1']" }],
    ..Spec::EMPTY
};

impl Function for ExtractGroups {
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
        let (texts, pattern) = (call.bytes(0)?, call.bytes(1)?);
        let mut patterns = Patterns::default();
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let found = patterns.get(pattern.get(row))?.captures(texts.get(row));
            if let (Some(found), Some(elements)) = (found, builder.elements()) {
                for group in found.iter().skip(1) {
                    elements.append_bytes(group.map_or(&[], |group| group.as_bytes()));
                }
            }
            builder.close();
        }
        builder.finish()
    }
}
