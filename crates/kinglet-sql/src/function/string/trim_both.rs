//! `trimBoth`: a text without leading and trailing spaces.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::trim::{set_of, trim_end, trim_start};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct TrimBoth;

static SPEC: Spec = Spec {
    name: "trimBoth",
    aliases: &["trim"],
    category: "string",
    syntax: "trimBoth(text[, characters])",
    summary: "Takes spaces, or the characters given, off both ends of a text.",
    arguments: &[("text", "String"), ("characters", "String of the characters to take off, constant")],
    returns: "String",
    examples: &[
        Example { sql: "trimBoth('  ab  ')", answer: "ab" },
        Example { sql: "trimBoth('xxabx', 'x')", answer: "ab" },
    ],
    ..Spec::EMPTY
};

impl Function for TrimBoth {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_text)?;
        if args.len() == 2 {
            args.expect(1, ChType::is_text)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let text = call.bytes(0)?;
        let set = set_of(call)?;
        let set = set.as_slice();
        result::texts(call.rows, |row, out| {
            out.extend_from_slice(trim_end(trim_start(text.get(row), set), set));
            Ok(())
        })
    }
}
