//! `reinterpretAsUInt16`: the bytes of a value in memory, least significant first, read as a UInt16; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_UINT16: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsUInt16",
        category: "conversion",
        syntax: "reinterpretAsUInt16(value)",
        summary: "The bytes of a value in memory, least significant first, read as a UInt16; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "UInt16",
        examples: &[Example { sql: "reinterpretAsUInt16('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::UInt16),
};
