//! `sipHash128ReferenceKeyed`: sipHash-2-4 of 128 bits as its authors define it with a key of two numbers.

use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIP_HASH128_REFERENCE_KEYED: ValueHash = ValueHash {
    spec: &Spec {
        name: "sipHash128ReferenceKeyed",
        category: "hash",
        syntax: "sipHash128ReferenceKeyed(key, value, ..)",
        summary: "SipHash-2-4 of 128 bits as its authors define it with a key of two numbers.",
        arguments: &[("key", "Tuple(UInt64, UInt64)"), ("value", "Any types")],
        returns: "FixedString(16)",
        examples: &[Example {
            sql: "hex(sipHash128ReferenceKeyed((1::UInt64, 2::UInt64), 'abc'))",
            answer: "3FAC967426DE99EAF972E9418E79716D",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::FixedString(16),
    bytes: super::sip::reference_128,
    mixed: false,
    combine: super::sip::join_reference,
    keyed: true,
};
