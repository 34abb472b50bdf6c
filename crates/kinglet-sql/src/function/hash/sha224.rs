//! `SHA224`: the SHA-224 digest of a text.

use crate::function::shape::Digest;
use crate::function::{Case, Example, Spec};
use sha2::Digest as _;

pub(in crate::function) static SHA224: Digest = Digest {
    spec: &Spec {
        name: "SHA224",
        case: Case::Insensitive,
        category: "hash",
        syntax: "SHA224(text)",
        summary: "The SHA-224 digest of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(28)",
        examples: &[Example {
            sql: "hex(SHA224('abc'))",
            answer: "23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7",
        }],
        ..Spec::EMPTY
    },
    length: 28,
    digest: |text| sha2::Sha224::digest(text).to_vec(),
};
