//! `sipHash128Reference`: sipHash-2-4 of 128 bits as its authors define it.

use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static SIP_HASH128_REFERENCE: ValueHash = ValueHash {
    spec: &Spec {
        name: "sipHash128Reference",
        category: "hash",
        syntax: "sipHash128Reference(value, ..)",
        summary: "SipHash-2-4 of 128 bits as its authors define it.",
        arguments: &[("value", "Any types")],
        returns: "FixedString(16)",
        examples: &[Example {
            sql: "hex(sipHash128Reference('abc'))",
            answer: "6C95DEC302962FA8CA5E69C1D5D15478",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::FixedString(16),
    bytes: super::sip::reference_128,
    mixed: false,
    combine: super::sip::join_reference,
    keyed: false,
};
