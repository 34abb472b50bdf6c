//! `JSONExtractArrayRawCaseInsensitive`: as JSONExtractArrayRaw, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractArrayRawCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractArrayRawCaseInsensitive",
    category: "json",
    syntax: "JSONExtractArrayRawCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractArrayRaw, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractArrayRaw",
    examples: &[Example { sql: "JSONExtractArrayRawCaseInsensitive('{\"A\":[1]}', 'a')", answer: "['1']" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractArrayRawCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_array_raw::JsonExtractArrayRaw.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_array_raw::JsonExtractArrayRaw.evaluate(call)
    }
}
