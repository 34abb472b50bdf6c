//! `multiMatchAny`: whether any of the regular expressions matches in the text.

use super::several::{expect_text_and_array, multi_match};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MultiMatchAny;

static SPEC: Spec = Spec {
    name: "multiMatchAny",
    category: "search",
    syntax: "multiMatchAny(text, patterns)",
    summary: "Whether any of the regular expressions matches in the text.",
    arguments: &[("text", "String"), ("patterns", "Array(String)")],
    returns: "UInt8",
    examples: &[Example { sql: "multiMatchAny('kinglet', ['^king', 'x+'])", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for MultiMatchAny {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_text_and_array(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut flags = Vec::with_capacity(call.rows);
        multi_match(call, |_, found| flags.push(found.next().is_some()))?;
        result::flags(call.rows, |row| Ok(flags[row]))
    }
}
