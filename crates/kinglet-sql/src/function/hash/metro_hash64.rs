//! `metroHash64`: metroHash of 64 bits.

use super::mix::join_city;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static METRO_HASH64: ValueHash = ValueHash {
    spec: &Spec {
        name: "metroHash64",
        category: "hash",
        syntax: "metroHash64(value, ..)",
        summary: "MetroHash of 64 bits.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[Example { sql: "metroHash64('Hello, world!')", answer: "676721872007707627" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| super::metro::metro_64(text).into(),
    mixed: true,
    combine: join_city,
    keyed: false,
};
