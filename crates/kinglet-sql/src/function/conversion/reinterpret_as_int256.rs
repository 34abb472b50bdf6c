//! `reinterpretAsInt256`: the bytes of a value in memory, least significant first, read as a Int256; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_INT256: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsInt256",
        category: "conversion",
        syntax: "reinterpretAsInt256(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Int256; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Int256",
        examples: &[Example { sql: "reinterpretAsInt256('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Int256),
};
