//! `murmurHash2_32`: murmurHash2 of 32 bits.

use super::mix::join_32;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static MURMUR_HASH2_32: ValueHash = ValueHash {
    spec: &Spec {
        name: "murmurHash2_32",
        category: "hash",
        syntax: "murmurHash2_32(value, ..)",
        summary: "MurmurHash2 of 32 bits.",
        arguments: &[("value", "Any types")],
        returns: "UInt32",
        examples: &[Example { sql: "murmurHash2_32('Hello')", answer: "1826530862" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt32,
    bytes: |_, text| super::murmur::murmur2_32(0, text).into(),
    mixed: false,
    combine: join_32,
    keyed: false,
};
