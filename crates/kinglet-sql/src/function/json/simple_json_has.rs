//! `simpleJSONHas`: whether there is a field of a name anywhere; found by scanning, without reading the text as JSON.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIMPLE_JSON_HAS: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "simpleJSONHas",
        aliases: &["visitParamHas"],
        category: "json",
        syntax: "simpleJSONHas(json, name)",
        summary: "Whether there is a field of a name anywhere; found by scanning, without reading the text as JSON.",
        arguments: &[("json", "String"), ("name", "String, constant")],
        returns: "UInt8",
        examples: &[Example { sql: "simpleJSONHas('{\"a\":1}', 'a')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, name| Ok(super::loose::field(text, name).is_some().into()),
};
