//! `reinterpretAsFloat32`: the bytes of a value in memory, least significant first, read as a Float32; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_FLOAT32: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsFloat32",
        category: "conversion",
        syntax: "reinterpretAsFloat32(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Float32; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Float32",
        examples: &[Example { sql: "reinterpretAsFloat32('ab')", answer: "3.5292e-41" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Float32),
};
