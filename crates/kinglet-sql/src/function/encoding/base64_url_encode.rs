//! `base64URLEncode`: the text in Base64 for URLs, without padding.

use super::base64::URL;
use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static BASE64_URL_ENCODE: TextMap = TextMap {
    spec: &Spec {
        name: "base64URLEncode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "base64URLEncode(text)",
        summary: "The text in Base64 for URLs, without padding.",
        arguments: &[("text", "String or FixedString")],
        returns: "String",
        examples: &[Example { sql: "base64URLEncode('https://a.b/?')", answer: "aHR0cHM6Ly9hLmIvPw" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        URL.encode(text, out);
        Ok(())
    },
};
