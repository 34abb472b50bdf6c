//! `JSONExtractStringCaseInsensitive`: as JSONExtractString, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractStringCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractStringCaseInsensitive",
    category: "json",
    syntax: "JSONExtractStringCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractString, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractString",
    examples: &[Example { sql: "JSONExtractStringCaseInsensitive('{\"A\":\"x\"}', 'a')", answer: "x" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractStringCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_string::JsonExtractString.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_string::JsonExtractString.evaluate(call)
    }
}
