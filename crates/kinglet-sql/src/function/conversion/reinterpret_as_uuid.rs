//! `reinterpretAsUUID`: the bytes of a value in memory, least significant first, read as a UUID; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_UUID: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsUUID",
        category: "conversion",
        syntax: "reinterpretAsUUID(value)",
        summary: "The bytes of a value in memory, least significant first, read as a UUID; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "UUID",
        examples: &[Example {
            sql: "reinterpretAsUUID('0123456789abcdef')",
            answer: "37363534-3332-3130-6665-646362613938",
        }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Uuid),
};
