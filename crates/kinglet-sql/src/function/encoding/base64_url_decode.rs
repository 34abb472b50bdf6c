//! `base64URLDecode`: the bytes of a text in Base64 for URLs.

use super::base64::URL;
use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static BASE64_URL_DECODE: TextMap = TextMap {
    spec: &Spec {
        name: "base64URLDecode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "base64URLDecode(text)",
        summary: "The bytes of a text in Base64 for URLs.",
        arguments: &[("text", "String or FixedString")],
        returns: "String; an error where the text is not of that encoding.",
        examples: &[Example { sql: "base64URLDecode('aHR0cHM6Ly9hLmIvPw')", answer: "https://a.b/?" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        URL.decode(text, out).map_or_else(|| super::base58::refused("base64URLDecode", text), Ok)
    },
};
