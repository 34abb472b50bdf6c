//! `reinterpretAsFixedString`: the bytes of a value in memory, least significant first.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_FIXED_STRING: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsFixedString",
        category: "conversion",
        syntax: "reinterpretAsFixedString(value)",
        summary: "The bytes of a value in memory, least significant first.",
        arguments: &[("value", "Number, Date or DateTime")],
        returns: "FixedString",
        examples: &[Example { sql: "reinterpretAsFixedString(toUInt16(24930))", answer: "ba" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::FixedString(1)),
};
