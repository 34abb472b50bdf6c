//! `base58Decode`: the bytes of a text in Base58.

use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static BASE58_DECODE: TextMap = TextMap {
    spec: &Spec {
        name: "base58Decode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "base58Decode(text)",
        summary: "The bytes of a text in Base58.",
        arguments: &[("text", "String or FixedString")],
        returns: "String; an error where the text is not Base58.",
        examples: &[Example { sql: "base58Decode('3dc8KtHrwM')", answer: "Encoded" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        super::base58::decode(text, out).map_or_else(|| super::base58::refused("base58Decode", text), Ok)
    },
};
