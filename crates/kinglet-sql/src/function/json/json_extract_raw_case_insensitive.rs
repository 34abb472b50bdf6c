//! `JSONExtractRawCaseInsensitive`: as JSONExtractRaw, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractRawCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractRawCaseInsensitive",
    category: "json",
    syntax: "JSONExtractRawCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractRaw, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractRaw",
    examples: &[Example { sql: "JSONExtractRawCaseInsensitive('{\"A\":1}', 'a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractRawCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_raw::JsonExtractRaw.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_raw::JsonExtractRaw.evaluate(call)
    }
}
