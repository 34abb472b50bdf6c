//! `reinterpret`: the bytes of a value in memory read as another type.

use super::reinterpret::Reinterpret;
use crate::function::{Example, Spec};

pub(in crate::function) static REINTERPRET_AS: Reinterpret = Reinterpret {
    spec: &Spec {
        name: "reinterpret",
        category: "conversion",
        syntax: "reinterpret(value, type)",
        summary: "The bytes of a value in memory read as another type.",
        arguments: &[
            ("value", "String, FixedString, number, Date or DateTime"),
            ("type", "Name of a type, constant"),
        ],
        returns: "That type",
        examples: &[Example { sql: "reinterpret(toInt8(-1), 'UInt8')", answer: "255" }],
        ..Spec::EMPTY
    },
    ty: None,
};
