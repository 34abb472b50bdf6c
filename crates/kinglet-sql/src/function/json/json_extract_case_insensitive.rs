//! `JSONExtractCaseInsensitive`: as JSONExtract, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractCaseInsensitive",
    category: "json",
    syntax: "JSONExtractCaseInsensitive(json[, path ..], type)",
    summary: "As JSONExtract, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtract",
    examples: &[Example { sql: "JSONExtractCaseInsensitive('{\"A\":1}', 'a', 'Int8')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract::JsonExtract.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract::JsonExtract.evaluate(call)
    }
}
