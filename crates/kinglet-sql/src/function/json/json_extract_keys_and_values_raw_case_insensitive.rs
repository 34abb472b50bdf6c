//! `JSONExtractKeysAndValuesRawCaseInsensitive`: as JSONExtractKeysAndValuesRaw, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractKeysAndValuesRawCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractKeysAndValuesRawCaseInsensitive",
    category: "json",
    syntax: "JSONExtractKeysAndValuesRawCaseInsensitive(json[, path ..])",
    summary: "As JSONExtractKeysAndValuesRaw, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractKeysAndValuesRaw",
    examples: &[Example {
        sql: "JSONExtractKeysAndValuesRawCaseInsensitive('{\"A\":{\"b\":1}}', 'a')",
        answer: "[('b','1')]",
    }],
    ..Spec::EMPTY
};

impl Function for JsonExtractKeysAndValuesRawCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_keys_and_values_raw::JsonExtractKeysAndValuesRaw.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_keys_and_values_raw::JsonExtractKeysAndValuesRaw.evaluate(call)
    }
}
