//! `simpleJSONExtractRaw`: A field as it is written; empty where there is none; found by scanning, without reading the text as JSON.

use crate::function::shape::TextPairMap;
use crate::function::{Example, Spec};

pub(in crate::function) static SIMPLE_JSON_EXTRACT_RAW: TextPairMap = TextPairMap {
    spec: &Spec {
        name: "simpleJSONExtractRaw",
        aliases: &["visitParamExtractRaw"],
        category: "json",
        syntax: "simpleJSONExtractRaw(json, name)",
        summary: "A field as it is written; empty where there is none; found by scanning, without reading the text as JSON.",
        arguments: &[("json", "String"), ("name", "String, constant")],
        returns: "String",
        examples: &[Example {
            sql: "simpleJSONExtractRaw('{\"a\":{\"b\":[1,2]}}', 'a')",
            answer: "{\"b\":[1,2]}",
        }],
        ..Spec::EMPTY
    },
    write: |text, name, out| {
        if let Some(value) = super::loose::field(text, name) {
            super::loose::raw(value, out);
        }
        Ok(())
    },
};
