//! `tryBase64URLDecode`: the bytes of a text in Base64 for URLs; empty where it is none.

use super::base64::URL;
use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static TRY_BASE64_URL_DECODE: TextMap = TextMap {
    spec: &Spec {
        name: "tryBase64URLDecode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "tryBase64URLDecode(text)",
        summary: "The bytes of a text in Base64 for URLs; empty where it is none.",
        arguments: &[("text", "String or FixedString")],
        returns: "String",
        examples: &[Example { sql: "tryBase64URLDecode('aHR0cHM6Ly9hLmIvPw')", answer: "https://a.b/?" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        if URL.decode(text, out).is_none() {
            out.clear();
        }
        Ok(())
    },
};
