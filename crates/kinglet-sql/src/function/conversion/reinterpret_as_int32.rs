//! `reinterpretAsInt32`: the bytes of a value in memory, least significant first, read as a Int32; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_INT32: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsInt32",
        category: "conversion",
        syntax: "reinterpretAsInt32(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Int32; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Int32",
        examples: &[Example { sql: "reinterpretAsInt32('ab')", answer: "25185" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Int32),
};
