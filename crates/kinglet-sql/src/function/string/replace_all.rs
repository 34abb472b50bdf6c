//! `replaceAll`: every occurrence of a text replaced.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use memchr::memmem;

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ReplaceAll;

static SPEC: Spec = Spec {
    name: "replaceAll",
    aliases: &["replace"],
    case: Case::Insensitive,
    category: "string",
    syntax: "replaceAll(text, pattern, replacement)",
    summary: "Replaces every occurrence of the pattern, a plain text.",
    arguments: &[("text", "String or FixedString"), ("pattern", "String"), ("replacement", "String")],
    returns: "String",
    examples: &[Example { sql: "replaceAll('a-b-c', '-', '+')", answer: "a+b+c" }],
    ..Spec::EMPTY
};

impl Function for ReplaceAll {
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
        result::texts(call.rows, |row, out| {
            let (text, pattern) = (text.get(row), pattern.get(row));
            let mut rest = text;
            if !pattern.is_empty() {
                while let Some(at) = memmem::find(rest, pattern) {
                    out.extend_from_slice(&rest[..at]);
                    out.extend_from_slice(with.get(row));
                    rest = &rest[at + pattern.len()..];
                }
            }
            out.extend_from_slice(rest);
            Ok(())
        })
    }
}
