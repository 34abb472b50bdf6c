//! `SHA256`: the SHA-256 digest of a text.

use crate::function::shape::Digest;
use crate::function::{Case, Example, Spec};
use sha2::Digest as _;

pub(in crate::function) static SHA256: Digest = Digest {
    spec: &Spec {
        name: "SHA256",
        case: Case::Insensitive,
        category: "hash",
        syntax: "SHA256(text)",
        summary: "The SHA-256 digest of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(32)",
        examples: &[Example {
            sql: "hex(SHA256('abc'))",
            answer: "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        }],
        ..Spec::EMPTY
    },
    length: 32,
    digest: |text| sha2::Sha256::digest(text).to_vec(),
};
