//! `xxh3`: XXH3 of 64 bits.

use super::mix::join_city;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static XXH3: ValueHash = ValueHash {
    spec: &Spec {
        name: "xxh3",
        category: "hash",
        syntax: "xxh3(value, ..)",
        summary: "XXH3 of 64 bits.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[Example { sql: "xxh3('Hello, world!')", answer: "17564966470555134057" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| xxhash_rust::xxh3::xxh3_64(text).into(),
    mixed: false,
    combine: join_city,
    keyed: false,
};
