//! `simpleJSONExtractString`: A text field, decoded; empty where there is none; found by scanning, without reading the text as JSON.

use crate::function::shape::TextPairMap;
use crate::function::{Example, Spec};

pub(in crate::function) static SIMPLE_JSON_EXTRACT_STRING: TextPairMap = TextPairMap {
    spec: &Spec {
        name: "simpleJSONExtractString",
        aliases: &["visitParamExtractString"],
        category: "json",
        syntax: "simpleJSONExtractString(json, name)",
        summary: "A text field, decoded; empty where there is none; found by scanning, without reading the text as JSON.",
        arguments: &[("json", "String"), ("name", "String, constant")],
        returns: "String",
        examples: &[Example { sql: "simpleJSONExtractString('{\"a\":\"b\"}', 'a')", answer: "b" }],
        ..Spec::EMPTY
    },
    write: |text, name, out| {
        if let Some(value) = super::loose::field(text, name) {
            super::loose::string(value, out);
        }
        Ok(())
    },
};
