//! `reinterpretAsInt128`: the bytes of a value in memory, least significant first, read as a Int128; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_INT128: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsInt128",
        category: "conversion",
        syntax: "reinterpretAsInt128(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Int128; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Int128",
        examples: &[Example { sql: "reinterpretAsInt128('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Int128),
};
