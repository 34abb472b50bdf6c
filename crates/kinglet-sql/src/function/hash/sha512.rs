//! `SHA512`: the SHA-512 digest of a text.

use crate::function::shape::Digest;
use crate::function::{Case, Example, Spec};
use sha2::Digest as _;

pub(in crate::function) static SHA512: Digest = Digest {
    spec: &Spec {
        name: "SHA512",
        case: Case::Insensitive,
        category: "hash",
        syntax: "SHA512(text)",
        summary: "The SHA-512 digest of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(64)",
        examples: &[Example {
            sql: "hex(SHA512('abc'))",
            answer: "DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F",
        }],
        ..Spec::EMPTY
    },
    length: 64,
    digest: |text| sha2::Sha512::digest(text).to_vec(),
};
