//! `xxHash64`: xxHash of 64 bits.

use super::mix::join_city;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static XX_HASH64: ValueHash = ValueHash {
    spec: &Spec {
        name: "xxHash64",
        category: "hash",
        syntax: "xxHash64(value, ..)",
        summary: "xxHash of 64 bits.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[Example { sql: "xxHash64('Hello, world!')", answer: "17691043854468224118" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| xxhash_rust::xxh64::xxh64(text, 0).into(),
    mixed: false,
    combine: join_city,
    keyed: false,
};
