//! `simpleJSONExtractBool`: whether a field is true; found by scanning, without reading the text as JSON.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIMPLE_JSON_EXTRACT_BOOL: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "simpleJSONExtractBool",
        aliases: &["visitParamExtractBool"],
        category: "json",
        syntax: "simpleJSONExtractBool(json, name)",
        summary: "Whether a field is true; found by scanning, without reading the text as JSON.",
        arguments: &[("json", "String"), ("name", "String, constant")],
        returns: "UInt8",
        examples: &[Example { sql: "simpleJSONExtractBool('{\"a\":true}', 'a')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, name| Ok(super::loose::field(text, name).map_or(0, super::loose::flag)),
};
