//! `farmHash64`: farmHash of 64 bits.

use super::mix::join_city;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static FARM_HASH64: ValueHash = ValueHash {
    spec: &Spec {
        name: "farmHash64",
        category: "hash",
        syntax: "farmHash64(value, ..)",
        summary: "FarmHash of 64 bits.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[Example { sql: "farmHash64('Hello, world!')", answer: "3493709964939663943" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| farmhash::hash64(text).into(),
    mixed: true,
    combine: join_city,
    keyed: false,
};
