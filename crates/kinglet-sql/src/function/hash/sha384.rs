//! `SHA384`: the SHA-384 digest of a text.

use crate::function::shape::Digest;
use crate::function::{Case, Example, Spec};
use sha2::Digest as _;

pub(in crate::function) static SHA384: Digest = Digest {
    spec: &Spec {
        name: "SHA384",
        case: Case::Insensitive,
        category: "hash",
        syntax: "SHA384(text)",
        summary: "The SHA-384 digest of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(48)",
        examples: &[Example {
            sql: "hex(SHA384('abc'))",
            answer: "CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED1631A8B605A43FF5BED8086072BA1E7CC2358BAECA134C825A7",
        }],
        ..Spec::EMPTY
    },
    length: 48,
    digest: |text| sha2::Sha384::digest(text).to_vec(),
};
