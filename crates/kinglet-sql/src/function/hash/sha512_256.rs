//! `SHA512_256`: the SHA-512/256 digest of a text.

use crate::function::shape::Digest;
use crate::function::{Case, Example, Spec};
use sha2::Digest as _;

pub(in crate::function) static SHA512_256: Digest = Digest {
    spec: &Spec {
        name: "SHA512_256",
        case: Case::Insensitive,
        category: "hash",
        syntax: "SHA512_256(text)",
        summary: "The SHA-512/256 digest of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(32)",
        examples: &[Example {
            sql: "hex(SHA512_256('abc'))",
            answer: "53048E2681941EF99B2E29B76B4C7DABE4C2D0C634FC6D46E0E2F13107E7AF23",
        }],
        ..Spec::EMPTY
    },
    length: 32,
    digest: |text| sha2::Sha512_256::digest(text).to_vec(),
};
