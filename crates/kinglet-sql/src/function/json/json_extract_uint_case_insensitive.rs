//! `JSONExtractUIntCaseInsensitive`: as JSONExtractUInt, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractUintCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractUIntCaseInsensitive",
    category: "json",
    syntax: "JSONExtractUIntCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractUInt, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractUInt",
    examples: &[Example { sql: "JSONExtractUIntCaseInsensitive('{\"A\":1}', 'a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractUintCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_uint::JsonExtractUint.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_uint::JsonExtractUint.evaluate(call)
    }
}
