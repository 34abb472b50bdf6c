//! `reinterpretAsUInt128`: the bytes of a value in memory, least significant first, read as a UInt128; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_UINT128: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsUInt128",
        category: "conversion",
        syntax: "reinterpretAsUInt128(value)",
        summary: "The bytes of a value in memory, least significant first, read as a UInt128; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "UInt128",
        examples: &[Example { sql: "reinterpretAsUInt128('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::UInt128),
};
