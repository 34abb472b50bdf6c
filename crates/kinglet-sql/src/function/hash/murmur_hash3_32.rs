//! `murmurHash3_32`: murmurHash3 of 32 bits.

use super::mix::join_32;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static MURMUR_HASH3_32: ValueHash = ValueHash {
    spec: &Spec {
        name: "murmurHash3_32",
        category: "hash",
        syntax: "murmurHash3_32(value, ..)",
        summary: "MurmurHash3 of 32 bits.",
        arguments: &[("value", "Any types")],
        returns: "UInt32",
        examples: &[Example { sql: "murmurHash3_32('Hello')", answer: "316307400" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt32,
    bytes: |_, text| super::murmur::murmur3_32(text).into(),
    mixed: false,
    combine: join_32,
    keyed: false,
};
