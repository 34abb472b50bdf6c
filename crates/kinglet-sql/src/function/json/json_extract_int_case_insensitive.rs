//! `JSONExtractIntCaseInsensitive`: as JSONExtractInt, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractIntCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractIntCaseInsensitive",
    category: "json",
    syntax: "JSONExtractIntCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractInt, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractInt",
    examples: &[Example { sql: "JSONExtractIntCaseInsensitive('{\"A\":1}', 'a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractIntCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_int::JsonExtractInt.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_int::JsonExtractInt.evaluate(call)
    }
}
