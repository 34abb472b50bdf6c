//! `murmurHash3_64`: murmurHash3 of 64 bits: both halves of that of 128 bits joined.

use super::mix::join_mixed;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static MURMUR_HASH3_64: ValueHash = ValueHash {
    spec: &Spec {
        name: "murmurHash3_64",
        category: "hash",
        syntax: "murmurHash3_64(value, ..)",
        summary: "MurmurHash3 of 64 bits: both halves of that of 128 bits joined.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[Example { sql: "murmurHash3_64('Hello')", answer: "10788828313431740760" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| {
        let hash = super::murmur::murmur3_128(text);
        u128::from(hash as u64 ^ (hash >> 64) as u64)
    },
    mixed: false,
    combine: join_mixed,
    keyed: false,
};
