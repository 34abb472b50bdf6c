//! `substringIndexUTF8`: the text before the count-th separator; with a negative count, what follows that one from the end.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct SubstringIndexUtf8;

static SPEC: Spec = Spec {
    name: "substringIndexUTF8",
    category: "string",
    syntax: "substringIndexUTF8(text, separator, count)",
    summary: "The text before the count-th separator; with a negative count, what follows that one from the end.",
    arguments: &[("text", "String"), ("separator", "String"), ("count", "Integer")],
    returns: "String",
    examples: &[Example { sql: "substringIndexUTF8('www.straße.de', '.', 2)", answer: "www.straße" }],
    ..Spec::EMPTY
};

impl Function for SubstringIndexUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::substring_index::SubstringIndex.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::substring_index::SubstringIndex.evaluate(call)
    }
}
