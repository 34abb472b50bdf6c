//! `simpleJSONExtractUInt`: A field as a UInt64, 0 where there is none; found by scanning, without reading the text as JSON.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIMPLE_JSON_EXTRACT_UINT: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "simpleJSONExtractUInt",
        aliases: &["visitParamExtractUInt"],
        category: "json",
        syntax: "simpleJSONExtractUInt(json, name)",
        summary: "A field as a UInt64, 0 where there is none; found by scanning, without reading the text as JSON.",
        arguments: &[("json", "String"), ("name", "String, constant")],
        returns: "UInt64",
        examples: &[Example { sql: "simpleJSONExtractUInt('{\"a\":1}', 'a')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |text, name| Ok(super::loose::field(text, name).map_or(0, super::loose::uint)),
};
