//! `JSONExtractKeysAndValuesCaseInsensitive`: as JSONExtractKeysAndValues, with keys in any case.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExtractKeysAndValuesCaseInsensitive;

static SPEC: Spec = Spec {
    name: "JSONExtractKeysAndValuesCaseInsensitive",
    category: "json",
    syntax: "JSONExtractKeysAndValuesCaseInsensitive(json[, path ..], type)",
    summary: "As JSONExtractKeysAndValues, with keys in any case.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "As JSONExtractKeysAndValues",
    examples: &[Example {
        sql: "JSONExtractKeysAndValuesCaseInsensitive('{\"A\":{\"b\":1}}', 'a', 'Int8')",
        answer: "[('b',1)]",
    }],
    ..Spec::EMPTY
};

impl Function for JsonExtractKeysAndValuesCaseInsensitive {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::json_extract_keys_and_values::JsonExtractKeysAndValues.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::json_extract_keys_and_values::JsonExtractKeysAndValues.evaluate(call)
    }
}
