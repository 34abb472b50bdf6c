//! `murmurHash2_64`: murmurHash2 of 64 bits (variant A).

use super::mix::join_mixed;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static MURMUR_HASH2_64: ValueHash = ValueHash {
    spec: &Spec {
        name: "murmurHash2_64",
        category: "hash",
        syntax: "murmurHash2_64(value, ..)",
        summary: "MurmurHash2 of 64 bits (variant A).",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[Example { sql: "murmurHash2_64('Hello')", answer: "6940510666185404851" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| super::murmur::murmur2_64(0, text).into(),
    mixed: false,
    combine: join_mixed,
    keyed: false,
};
