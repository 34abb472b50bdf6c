//! `left`: the first bytes of a text.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::slice::kept;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Left;

static SPEC: Spec = Spec {
    name: "left",
    case: Case::Insensitive,
    category: "string",
    syntax: "left(text, count)",
    summary: "The first bytes of a text; a negative count leaves out that many at the other end.",
    arguments: &[("text", "String or FixedString"), ("count", "Integer")],
    returns: "String",
    examples: &[Example { sql: "left('database', 4)", answer: "data" }],
    ..Spec::EMPTY
};

impl Function for Left {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_number)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, count) = (call.bytes(0)?, call.ints(1)?);
        result::texts(call.rows, |row, out| {
            let text = text.get(row);
            let count = kept(text.len(), count.get(row));
            out.extend_from_slice(&text[..count]);
            Ok(())
        })
    }
}
