//! `SHA1`: the SHA-1 digest of a text.

use crate::function::shape::Digest;
use crate::function::{Case, Example, Spec};
use sha1::Digest as _;

pub(in crate::function) static SHA1: Digest = Digest {
    spec: &Spec {
        name: "SHA1",
        aliases: &["SHA"],
        case: Case::Insensitive,
        category: "hash",
        syntax: "SHA1(text)",
        summary: "The SHA-1 digest of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(20)",
        examples: &[Example { sql: "hex(SHA1('abc'))", answer: "A9993E364706816ABA3E25717850C26C9CD0D89D" }],
        ..Spec::EMPTY
    },
    length: 20,
    digest: |text| sha1::Sha1::digest(text).to_vec(),
};
