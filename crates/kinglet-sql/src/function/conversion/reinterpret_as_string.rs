//! `reinterpretAsString`: the bytes of a value in memory, least significant first, without zeros at the end.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_STRING: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsString",
        category: "conversion",
        syntax: "reinterpretAsString(value)",
        summary: "The bytes of a value in memory, least significant first, without zeros at the end.",
        arguments: &[("value", "Number, Date or DateTime")],
        returns: "String",
        examples: &[Example { sql: "reinterpretAsString(24930)", answer: "ba" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::String),
};
