//! `JSONExtractKeysCaseInsensitive`: as JSONExtractKeys, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractKeysCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractKeysCaseInsensitive",
    category: "json",
    syntax: "JSONExtractKeysCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractKeys, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractKeys",
    examples: &[Example { sql: "JSONExtractKeysCaseInsensitive('{\"A\":{\"b\":1}}', 'a')", answer: "['b']" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractKeysCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_keys::JsonExtractKeys.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_keys::JsonExtractKeys.evaluate(call)
    }
}
