//! `multiMatchAnyIndex`: the place, from 1, of a regular expression that matches in the text, or 0.

use super::several::{expect_text_and_array, multi_match};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MultiMatchAnyIndex;

static SPEC: Spec = Spec {
    name: "multiMatchAnyIndex",
    category: "search",
    syntax: "multiMatchAnyIndex(text, patterns)",
    summary: "The place, from 1, of a regular expression that matches in the text, or 0.",
    arguments: &[("text", "String"), ("patterns", "Array(String)")],
    returns: "UInt64",
    examples: &[Example { sql: "multiMatchAnyIndex('kinglet', ['x+', '^king'])", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for MultiMatchAnyIndex {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_text_and_array(args)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut places = Vec::with_capacity(call.rows);
        multi_match(call, |_, found| places.push(found.next().map_or(0, |at| at as i64 + 1)))?;
        result::ints(call.result, call.rows, |row| Ok(places[row]))
    }
}
