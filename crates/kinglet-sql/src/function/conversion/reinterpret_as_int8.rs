//! `reinterpretAsInt8`: the bytes of a value in memory, least significant first, read as a Int8; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_INT8: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsInt8",
        category: "conversion",
        syntax: "reinterpretAsInt8(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Int8; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Int8",
        examples: &[Example { sql: "reinterpretAsInt8('ab')", answer: "97" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Int8),
};
