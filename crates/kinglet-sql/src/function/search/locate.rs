//! `locate`: where a text occurs in another, MySQL's order of arguments.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::find::find_from;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Locate;

static SPEC: Spec = Spec {
    name: "locate",
    case: Case::Insensitive,
    category: "search",
    syntax: "locate(needle, haystack[, start])",
    summary: "As position with the needle first: byte position of the first occurrence, from 1; 0 if there is none.",
    arguments: &[("needle", "String"), ("haystack", "String"), ("start", "Integer: position to start from")],
    returns: "UInt64",
    examples: &[Example { sql: "locate('c', 'abc')", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for Locate {
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
        let (needle, text) = (call.bytes(0)?, call.bytes(1)?);
        let start = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        result::ints(call.result, call.rows, |row| {
            let start = start.as_ref().map_or(0, |start| start.get(row));
            Ok(find_from(text.get(row), needle.get(row), start))
        })
    }
}
