//! `sipHash128Keyed`: sipHash-2-4 of 128 bits in ClickHouse's variant with a key of two numbers.

use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIP_HASH128_KEYED: ValueHash = ValueHash {
    spec: &Spec {
        name: "sipHash128Keyed",
        category: "hash",
        syntax: "sipHash128Keyed(key, value, ..)",
        summary: "SipHash-2-4 of 128 bits in ClickHouse's variant with a key of two numbers.",
        arguments: &[("key", "Tuple(UInt64, UInt64)"), ("value", "Any types")],
        returns: "FixedString(16)",
        examples: &[Example {
            sql: "hex(sipHash128Keyed((1::UInt64, 2::UInt64), 'abc'))",
            answer: "FCE9F37AABA9E4FF61D88252F079BE2E",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::FixedString(16),
    bytes: super::sip::sip_128,
    mixed: false,
    combine: super::sip::join_128,
    keyed: true,
};
