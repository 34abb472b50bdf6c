//! `lengthUTF8`: number of characters of a text.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct LengthUtf8;

static SPEC: Spec = Spec {
    name: "lengthUTF8",
    aliases: &["CHAR_LENGTH", "CHARACTER_LENGTH"],
    case: Case::Insensitive,
    category: "string",
    syntax: "lengthUTF8(text)",
    summary: "Number of code points of a UTF-8 text: bytes that do not continue a character.",
    arguments: &[("text", "String or FixedString")],
    returns: "UInt64",
    examples: &[Example { sql: "lengthUTF8('Fuß')", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for LengthUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let text = call.bytes(0)?;
        result::ints(call.result, call.rows, |row| {
            Ok(text.get(row).iter().filter(|byte| **byte & 0xC0 != 0x80).count() as i64)
        })
    }
}
