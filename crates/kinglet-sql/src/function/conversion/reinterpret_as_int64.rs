//! `reinterpretAsInt64`: the bytes of a value in memory, least significant first, read as a Int64; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_INT64: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsInt64",
        category: "conversion",
        syntax: "reinterpretAsInt64(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Int64; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Int64",
        examples: &[Example { sql: "reinterpretAsInt64('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Int64),
};
