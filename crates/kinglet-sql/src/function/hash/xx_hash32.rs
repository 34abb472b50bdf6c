//! `xxHash32`: xxHash of 32 bits.

use super::mix::join_32;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static XX_HASH32: ValueHash = ValueHash {
    spec: &Spec {
        name: "xxHash32",
        category: "hash",
        syntax: "xxHash32(value, ..)",
        summary: "xxHash of 32 bits.",
        arguments: &[("value", "Any types")],
        returns: "UInt32",
        examples: &[Example { sql: "xxHash32('Hello, world!')", answer: "834093149" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt32,
    bytes: |_, text| xxhash_rust::xxh32::xxh32(text, 0).into(),
    mixed: false,
    combine: join_32,
    keyed: false,
};
