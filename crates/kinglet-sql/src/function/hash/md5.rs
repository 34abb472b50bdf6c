//! `MD5`: the MD5 digest of a text.

use crate::function::shape::Digest;
use crate::function::{Case, Example, Spec};
use md5::Digest as _;

pub(in crate::function) static MD5: Digest = Digest {
    spec: &Spec {
        name: "MD5",
        case: Case::Insensitive,
        category: "hash",
        syntax: "MD5(text)",
        summary: "The MD5 digest of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(16)",
        examples: &[Example { sql: "hex(MD5('abc'))", answer: "900150983CD24FB0D6963F7D28E17F72" }],
        ..Spec::EMPTY
    },
    length: 16,
    digest: |text| md5::Md5::digest(text).to_vec(),
};
