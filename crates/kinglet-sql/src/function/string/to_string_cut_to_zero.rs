//! `toStringCutToZero`: the text up to its first zero byte.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static TO_STRING_CUT_TO_ZERO: TextMap = TextMap {
    spec: &Spec {
        name: "toStringCutToZero",
        category: "string",
        syntax: "toStringCutToZero(text)",
        summary: "The text up to its first zero byte.",
        arguments: &[("text", "String or FixedString")],
        returns: "String",
        examples: &[Example { sql: "toStringCutToZero(toFixedString('foo', 8))", answer: "foo" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        let end = memchr::memchr(0, text).unwrap_or(text.len());
        out.extend_from_slice(&text[..end]);
        Ok(())
    },
};
