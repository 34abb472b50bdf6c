//! `firstLine`: the text up to the first line feed, carriage return or both.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static FIRST_LINE: TextMap = TextMap {
    spec: &Spec {
        name: "firstLine",
        category: "string",
        syntax: "firstLine(text)",
        summary: "The text up to the first line feed, carriage return or both.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "firstLine('foo\\\\nbar')", answer: "foo\\nbar" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(text.len());
        out.extend_from_slice(&text[..end]);
        Ok(())
    },
};
