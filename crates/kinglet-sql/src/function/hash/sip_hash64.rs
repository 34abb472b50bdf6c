//! `sipHash64`: sipHash-2-4 of 64 bits.

use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIP_HASH64: ValueHash = ValueHash {
    spec: &Spec {
        name: "sipHash64",
        category: "hash",
        syntax: "sipHash64(value, ..)",
        summary: "SipHash-2-4 of 64 bits.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[
            Example { sql: "sipHash64('abc')", answer: "4596069200710135518" },
            Example { sql: "sipHash64(1, 'a')", answer: "14369802987963166986" },
        ],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: super::sip::sip_64,
    mixed: false,
    combine: super::sip::join_64,
    keyed: false,
};
