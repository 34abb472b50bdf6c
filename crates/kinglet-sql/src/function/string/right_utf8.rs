//! `rightUTF8`: the last characters of a text; a negative count leaves out that many at the beginning.

use super::characters;
use super::slice::kept;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RightUtf8;

static SPEC: Spec = Spec {
    name: "rightUTF8",
    category: "string",
    syntax: "rightUTF8(text, count)",
    summary: "The last characters of a text; a negative count leaves out that many at the beginning.",
    arguments: &[("text", "String"), ("count", "Integer")],
    returns: "String",
    examples: &[Example { sql: "rightUTF8('Fußball', 5)", answer: "ßball" }],
    ..Spec::EMPTY
};

impl Function for RightUtf8 {
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
            let total = characters::characters(text).count();
            let kept = kept(total, count.get(row));
            characters::characters(text).skip(total - kept).for_each(|part| out.extend_from_slice(part));
            Ok(())
        })
    }
}
