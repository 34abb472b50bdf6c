//! `simpleJSONExtractFloat`: A field as a Float64, 0 where there is none; found by scanning, without reading the text as JSON.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIMPLE_JSON_EXTRACT_FLOAT: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "simpleJSONExtractFloat",
        aliases: &["visitParamExtractFloat"],
        category: "json",
        syntax: "simpleJSONExtractFloat(json, name)",
        summary: "A field as a Float64, 0 where there is none; found by scanning, without reading the text as JSON.",
        arguments: &[("json", "String"), ("name", "String, constant")],
        returns: "Float64",
        examples: &[Example { sql: "simpleJSONExtractFloat('{\"a\":\"-4e3\"}', 'a')", answer: "-4000" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float64,
    read: |text, name| Ok(super::loose::field(text, name).map_or(0.0, super::loose::float)),
};
