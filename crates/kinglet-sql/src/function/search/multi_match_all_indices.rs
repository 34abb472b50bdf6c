//! `multiMatchAllIndices`: the places, from 1, of all regular expressions that match in the text.

use super::several::{expect_text_and_array, multi_match, numbers};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MultiMatchAllIndices;

static SPEC: Spec = Spec {
    name: "multiMatchAllIndices",
    category: "search",
    syntax: "multiMatchAllIndices(text, patterns)",
    summary: "The places, from 1, of all regular expressions that match in the text.",
    arguments: &[("text", "String"), ("patterns", "Array(String)")],
    returns: "Array(UInt64)",
    examples: &[Example { sql: "multiMatchAllIndices('kinglet', ['t$', 'x+', '^king'])", answer: "[3,1]" }],
    ..Spec::EMPTY
};

impl Function for MultiMatchAllIndices {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_text_and_array(args)?;
        Ok(ChType::array(ChType::UInt64))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (mut places, mut lengths) = (Vec::new(), Vec::with_capacity(call.rows));
        multi_match(call, |_, found| {
            let before = places.len();
            places.extend(found.map(|at| at as i64 + 1));
            lengths.push(places.len() - before);
        })?;
        result::lists(call.result, numbers(&ChType::UInt64, places)?, lengths)
    }
}
