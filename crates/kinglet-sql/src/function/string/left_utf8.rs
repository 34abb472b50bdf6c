//! `leftUTF8`: the first characters of a text; a negative count leaves out that many at the end.

use super::characters;
use super::slice::kept;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct LeftUtf8;

static SPEC: Spec = Spec {
    name: "leftUTF8",
    category: "string",
    syntax: "leftUTF8(text, count)",
    summary: "The first characters of a text; a negative count leaves out that many at the end.",
    arguments: &[("text", "String"), ("count", "Integer")],
    returns: "String",
    examples: &[Example { sql: "leftUTF8('Fußball', 3)", answer: "Fuß" }],
    ..Spec::EMPTY
};

impl Function for LeftUtf8 {
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
            let kept = kept(characters::characters(text).count(), count.get(row));
            characters::characters(text).take(kept).for_each(|part| out.extend_from_slice(part));
            Ok(())
        })
    }
}
