//! `toValidUTF8`: the text with each run of broken bytes replaced by U+FFFD.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static TO_VALID_UTF8: TextMap = TextMap {
    spec: &Spec {
        name: "toValidUTF8",
        category: "string",
        syntax: "toValidUTF8(text)",
        summary: "The text with each run of broken bytes replaced by U+FFFD.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "toValidUTF8('abc')", answer: "abc" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        for chunk in text.utf8_chunks() {
            out.extend_from_slice(chunk.valid().as_bytes());
            if !chunk.invalid().is_empty() && !out.ends_with("\u{fffd}".as_bytes()) {
                out.extend_from_slice("\u{fffd}".as_bytes());
            }
        }
        Ok(())
    },
};
