//! `reinterpretAsFloat64`: the bytes of a value in memory, least significant first, read as a Float64; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_FLOAT64: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsFloat64",
        category: "conversion",
        syntax: "reinterpretAsFloat64(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Float64; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Float64",
        examples: &[Example { sql: "reinterpretAsFloat64('ab')", answer: "1.2443e-319" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Float64),
};
