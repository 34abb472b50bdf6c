//! `base32Decode`: the bytes of a text in Base32.

use super::base64::THIRTY_TWO;
use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static BASE32_DECODE: TextMap = TextMap {
    spec: &Spec {
        name: "base32Decode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "base32Decode(text)",
        summary: "The bytes of a text in Base32.",
        arguments: &[("text", "String or FixedString")],
        returns: "String; an error where the text is not Base32.",
        examples: &[Example { sql: "base32Decode('NBSWY3DP')", answer: "hello" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        THIRTY_TWO.decode(text, out).map_or_else(|| super::base58::refused("base32Decode", text), Ok)
    },
};
