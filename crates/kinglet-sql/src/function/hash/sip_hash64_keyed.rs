//! `sipHash64Keyed`: sipHash-2-4 of 64 bits with a key of two numbers.

use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIP_HASH64_KEYED: ValueHash = ValueHash {
    spec: &Spec {
        name: "sipHash64Keyed",
        category: "hash",
        syntax: "sipHash64Keyed(key, value, ..)",
        summary: "SipHash-2-4 of 64 bits with a key of two numbers.",
        arguments: &[("key", "Tuple(UInt64, UInt64)"), ("value", "Any types")],
        returns: "UInt64",
        examples: &[Example {
            sql: "sipHash64Keyed((1::UInt64, 2::UInt64), 'abc')",
            answer: "15085598991770005917",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: super::sip::sip_64,
    mixed: false,
    combine: super::sip::join_64,
    keyed: true,
};
