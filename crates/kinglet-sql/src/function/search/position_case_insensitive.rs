//! `positionCaseInsensitive`: where a text occurs in another, in any case.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::find::find_from;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct PositionCaseInsensitive;

static SPEC: Spec = Spec {
    name: "positionCaseInsensitive",
    category: "search",
    syntax: "positionCaseInsensitive(haystack, needle[, start])",
    summary: "Like position, with ASCII letters equal in either case.",
    arguments: &[("haystack", "String"), ("needle", "String"), ("start", "Integer: position to start from")],
    returns: "UInt64",
    examples: &[Example { sql: "positionCaseInsensitive('Hello', 'L')", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for PositionCaseInsensitive {
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
            let (text, needle) = (text.get(row).to_ascii_lowercase(), needle.get(row).to_ascii_lowercase());
            Ok(find_from(&text, &needle, start))
        })
    }
}
