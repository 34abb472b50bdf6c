//! `sipHash128`: sipHash-2-4 of 128 bits in ClickHouse's variant.

use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIP_HASH128: ValueHash = ValueHash {
    spec: &Spec {
        name: "sipHash128",
        category: "hash",
        syntax: "sipHash128(value, ..)",
        summary: "SipHash-2-4 of 128 bits in ClickHouse's variant.",
        arguments: &[("value", "Any types")],
        returns: "FixedString(16)",
        examples: &[Example { sql: "hex(sipHash128('abc'))", answer: "B6B415A2DA966B6C685A65E54C12A353" }],
        ..Spec::EMPTY
    },
    ty: ChType::FixedString(16),
    bytes: super::sip::sip_128,
    mixed: false,
    combine: super::sip::join_128,
    keyed: false,
};
