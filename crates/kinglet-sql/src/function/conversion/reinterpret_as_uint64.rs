//! `reinterpretAsUInt64`: the bytes of a value in memory, least significant first, read as a UInt64; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_UINT64: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsUInt64",
        category: "conversion",
        syntax: "reinterpretAsUInt64(value)",
        summary: "The bytes of a value in memory, least significant first, read as a UInt64; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "UInt64",
        examples: &[Example { sql: "reinterpretAsUInt64('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::UInt64),
};
