//! `concatWithSeparator`: the values as texts with a separator between them.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ConcatWithSeparator;

static SPEC: Spec = Spec {
    name: "concatWithSeparator",
    aliases: &["concat_ws", "concatWithSeparatorAssumeInjective"],
    case: Case::Insensitive,
    category: "string",
    syntax: "concatWithSeparator(separator, value, ..)",
    summary: "The values as texts with a separator between them.",
    arguments: &[("separator", "String, constant"), ("value", "Any types")],
    returns: "String",
    examples: &[Example { sql: "concatWithSeparator('-', 'a', 'b', 3)", answer: "a-b-3" }],
    ..Spec::EMPTY
};

impl Function for ConcatWithSeparator {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        args.expect(0, ChType::is_text)?;
        args.constant_text(0)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = super::as_texts::as_texts(call, 1)?;
        let separator = call.bytes(0)?.get(0).to_vec();
        result::texts(call.rows, |row, out| {
            for (at, text) in texts.iter().enumerate() {
                if at > 0 {
                    out.extend_from_slice(&separator);
                }
                out.extend_from_slice(super::as_texts::text_at(text, row));
            }
            Ok(())
        })
    }
}
