//! `reinterpretAsInt16`: the bytes of a value in memory, least significant first, read as a Int16; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_INT16: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsInt16",
        category: "conversion",
        syntax: "reinterpretAsInt16(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Int16; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Int16",
        examples: &[Example { sql: "reinterpretAsInt16('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Int16),
};
