//! `JSONExtractBoolCaseInsensitive`: as JSONExtractBool, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractBoolCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractBoolCaseInsensitive",
    category: "json",
    syntax: "JSONExtractBoolCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractBool, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "UInt8",
    examples: &[Example { sql: "JSONExtractBoolCaseInsensitive('{\"A\":true}', 'a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractBoolCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_bool::JsonExtractBool.return_type(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_bool::JsonExtractBool.evaluate(call)
    }
}
