//! `tryBase64Decode`: the bytes of a text in Base64; empty where it is none.

use super::base64::STANDARD;
use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static TRY_BASE64_DECODE: TextMap = TextMap {
    spec: &Spec {
        name: "tryBase64Decode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "tryBase64Decode(text)",
        summary: "The bytes of a text in Base64; empty where it is none.",
        arguments: &[("text", "String or FixedString")],
        returns: "String",
        examples: &[Example { sql: "tryBase64Decode('Y2xpY2tob3VzZQ==')", answer: "clickhouse" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        if STANDARD.decode(text, out).is_none() {
            out.clear();
        }
        Ok(())
    },
};
