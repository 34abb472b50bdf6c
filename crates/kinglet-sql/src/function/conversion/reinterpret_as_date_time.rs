//! `reinterpretAsDateTime`: the bytes of a value in memory, least significant first, read as a DateTime; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_DATE_TIME: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsDateTime",
        category: "conversion",
        syntax: "reinterpretAsDateTime(value)",
        summary: "The bytes of a value in memory, least significant first, read as a DateTime; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "DateTime",
        examples: &[Example { sql: "reinterpretAsDateTime('abcd')", answer: "2023-05-16 11:00:49" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::DateTime(None)),
};
