//! `murmurHash3_128`: murmurHash3 of 128 bits.

use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static MURMUR_HASH3_128: ValueHash = ValueHash {
    spec: &Spec {
        name: "murmurHash3_128",
        category: "hash",
        syntax: "murmurHash3_128(value, ..)",
        summary: "MurmurHash3 of 128 bits.",
        arguments: &[("value", "Any types")],
        returns: "FixedString(16)",
        examples: &[Example {
            sql: "hex(murmurHash3_128('Hello'))",
            answer: "1CC4D455FF74B93544551229CFEA00A0",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::FixedString(16),
    bytes: |_, text| super::murmur::murmur3_128(text),
    mixed: false,
    combine: |_, left, right| super::murmur::murmur3_128(&[left.to_le_bytes(), right.to_le_bytes()].concat()),
    keyed: false,
};
