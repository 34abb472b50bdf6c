//! `kafkaMurmurHash`: murmurHash2 of 32 bits with the seed of Kafka's default partitioner.

use super::mix::join_32;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static KAFKA_MURMUR_HASH: ValueHash = ValueHash {
    spec: &Spec {
        name: "kafkaMurmurHash",
        category: "hash",
        syntax: "kafkaMurmurHash(value, ..)",
        summary: "MurmurHash2 of 32 bits with the seed of Kafka's default partitioner.",
        arguments: &[("value", "Any types")],
        returns: "UInt32",
        examples: &[Example { sql: "kafkaMurmurHash('foobar')", answer: "1357151166" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt32,
    bytes: |_, text| (super::murmur::murmur2_32(0x9747_b28c, text) & 0x7fff_ffff).into(),
    mixed: false,
    combine: join_32,
    keyed: false,
};
