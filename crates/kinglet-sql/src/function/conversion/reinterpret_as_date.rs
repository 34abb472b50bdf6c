//! `reinterpretAsDate`: the bytes of a value in memory, least significant first, read as a Date; missing ones are zero.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static REINTERPRET_AS_DATE: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpretAsDate",
        category: "conversion",
        syntax: "reinterpretAsDate(value)",
        summary: "The bytes of a value in memory, least significant first, read as a Date; missing ones are zero.",
        arguments: &[("value", "String, FixedString, number, Date or DateTime")],
        returns: "Date",
        examples: &[Example { sql: "reinterpretAsDate('ab')", answer: "2038-12-15" }],
        ..Spec::EMPTY
    },
    ty: Some(ChType::Date),
};
