//! `reverseBySeparator`: the parts of a text between separators in reverse order.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ReverseBySeparator;

static SPEC: Spec = Spec {
    name: "reverseBySeparator",
    category: "string",
    syntax: "reverseBySeparator(text[, separator])",
    summary: "The parts of a text between separators in reverse order.",
    arguments: &[("text", "String"), ("separator", "String, `.` if left out")],
    returns: "String",
    examples: &[Example { sql: "reverseBySeparator('www.example.com')", answer: "com.example.www" }],
    ..Spec::EMPTY
};

impl Function for ReverseBySeparator {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        for at in 0..args.len() {
            args.expect(at, ChType::is_text)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let separators = if call.args.len() > 1 { Some(call.bytes(1)?) } else { None };
        result::texts(call.rows, |row, out| {
            let separator = separators.as_ref().map_or(&b"."[..], |separators| separators.get(row));
            let mut rest = texts.get(row);
            if separator.is_empty() {
                out.extend(rest.iter().rev());
                return Ok(());
            }
            while let Some(at) = memchr::memmem::rfind(rest, separator) {
                out.extend_from_slice(&rest[at + separator.len()..]);
                out.extend_from_slice(separator);
                rest = &rest[..at];
            }
            out.extend_from_slice(rest);
            Ok(())
        })
    }
}
