//! `rightPad`: a text filled up on the right.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct RightPad;

static SPEC: Spec = Spec {
    name: "rightPad",
    aliases: &["rpad"],
    case: Case::Insensitive,
    category: "string",
    syntax: "rightPad(text, length[, fill])",
    summary: "The text filled up on the right to a length in bytes, or cut to it.",
    arguments: &[("text", "String"), ("length", "Integer"), ("fill", "String, a space if left out")],
    returns: "String",
    examples: &[Example { sql: "rightPad('7', 3, '0')", answer: "700" }],
    ..Spec::EMPTY
};

impl Function for RightPad {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_integer)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, length) = (call.bytes(0)?, call.ints(1)?);
        let fill = if call.args.len() > 2 { call.bytes(2)?.get(0).to_vec() } else { vec![b' '] };
        result::texts(call.rows, |row, out| {
            let (text, length) = (text.get(row), usize::try_from(length.get(row)).unwrap_or(0).min(1 << 20));
            let kept = text.get(..length).unwrap_or(text);
            let missing = length - kept.len();
            let filling = fill.iter().cycle().take(if fill.is_empty() { 0 } else { missing });
            out.extend_from_slice(kept);
            out.extend(filling);
            Ok(())
        })
    }
}
