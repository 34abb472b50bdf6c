//! `reinterpretAsUInt256`: the bytes of a value in memory, least significant first, read as a UInt256; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_UINT256: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsUInt256",
        category: "conversion",
        syntax: "reinterpretAsUInt256(value)",
        summary: "The bytes of a value in memory, least significant first, read as a UInt256; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "UInt256",
        examples: &[Example { sql: "reinterpretAsUInt256('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::UInt256),
};
