//! `base64Decode`: the bytes of a text in Base64.

use super::base64::STANDARD;
use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static BASE64_DECODE: TextMap = TextMap {
    spec: &Spec {
        name: "base64Decode",
        aliases: &["FROM_BASE64"],
        case: Case::Insensitive,
        category: "encoding",
        syntax: "base64Decode(text)",
        summary: "The bytes of a text in Base64.",
        arguments: &[("text", "String or FixedString")],
        returns: "String; an error where the text is not Base64.",
        examples: &[Example { sql: "base64Decode('Y2xpY2tob3VzZQ==')", answer: "clickhouse" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        STANDARD.decode(text, out).map_or_else(|| super::base58::refused("base64Decode", text), Ok)
    },
};
