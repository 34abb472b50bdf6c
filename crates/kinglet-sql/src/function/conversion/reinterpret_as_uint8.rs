//! `reinterpretAsUInt8`: the bytes of a value in memory, least significant first, read as a UInt8; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_UINT8: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsUInt8",
        category: "conversion",
        syntax: "reinterpretAsUInt8(value)",
        summary: "The bytes of a value in memory, least significant first, read as a UInt8; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "UInt8",
        examples: &[Example { sql: "reinterpretAsUInt8('ab')", answer: "97" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::UInt8),
};
