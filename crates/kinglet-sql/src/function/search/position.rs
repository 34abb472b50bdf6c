//! `position`: where a text occurs in another.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::find::find_from;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Position;

static SPEC: Spec = Spec {
    name: "position",
    aliases: &["strpos"],
    case: Case::Insensitive,
    category: "search",
    syntax: "position(haystack, needle[, start])",
    summary: "Byte position of the first occurrence, from 1; 0 if there is none.",
    arguments: &[("haystack", "String"), ("needle", "String"), ("start", "Integer: position to start from")],
    returns: "UInt64",
    examples: &[
        Example { sql: "position('Hello, world', 'o')", answer: "5" },
        Example { sql: "position('Hello, world', 'o', 6)", answer: "9" },
    ],
    ..Spec::EMPTY
};

impl Function for Position {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, needle) = (call.bytes(0)?, call.bytes(1)?);
        let start = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        result::ints(call.result, call.rows, |row| {
            let start = start.as_ref().map_or(0, |start| start.get(row));
            Ok(find_from(text.get(row), needle.get(row), start))
        })
    }
}
