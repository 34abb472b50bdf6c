//! `reinterpretAsUInt32`: the bytes of a value in memory, least significant first, read as a UInt32; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_UINT32: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsUInt32",
        category: "conversion",
        syntax: "reinterpretAsUInt32(value)",
        summary: "The bytes of a value in memory, least significant first, read as a UInt32; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "UInt32",
        examples: &[Example { sql: "reinterpretAsUInt32('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::UInt32),
};
