//! `simpleJSONExtractInt`: A field as an Int64, 0 where there is none; found by scanning, without reading the text as JSON.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIMPLE_JSON_EXTRACT_INT: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "simpleJSONExtractInt",
        aliases: &["visitParamExtractInt"],
        category: "json",
        syntax: "simpleJSONExtractInt(json, name)",
        summary: "A field as an Int64, 0 where there is none; found by scanning, without reading the text as JSON.",
        arguments: &[("json", "String"), ("name", "String, constant")],
        returns: "Int64",
        examples: &[Example { sql: "simpleJSONExtractInt('{\"a\":-3.9}', 'a')", answer: "-3" }],
        ..Spec::EMPTY
    },
    ty: ChType::Int64,
    read: |text, name| Ok(super::loose::field(text, name).map_or(0, super::loose::int)),
};
