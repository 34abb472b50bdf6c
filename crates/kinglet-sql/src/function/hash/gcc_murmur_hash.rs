//! `gccMurmurHash`: murmurHash2 of 64 bits as GCC's standard library computes it.

use super::mix::join_mixed;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static GCC_MURMUR_HASH: ValueHash = ValueHash {
    spec: &Spec {
        name: "gccMurmurHash",
        category: "hash",
        syntax: "gccMurmurHash(value, ..)",
        summary: "MurmurHash2 of 64 bits as GCC's standard library computes it.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[Example { sql: "gccMurmurHash('Hello')", answer: "2275118702903107253" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| super::murmur::gcc(text).into(),
    mixed: false,
    combine: join_mixed,
    keyed: false,
};
