//! `JSONExtractFloatCaseInsensitive`: as JSONExtractFloat, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractFloatCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractFloatCaseInsensitive",
    category: "json",
    syntax: "JSONExtractFloatCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractFloat, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractFloat",
    examples: &[Example { sql: "JSONExtractFloatCaseInsensitive('{\"A\":1}', 'a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractFloatCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_float::JsonExtractFloat.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_float::JsonExtractFloat.evaluate(call)
    }
}
