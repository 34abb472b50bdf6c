//! `basename`: what follows the last slash or backslash.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static BASENAME: TextMap = TextMap {
    spec: &Spec {
        name: "basename",
        category: "string",
        syntax: "basename(text)",
        summary: "What follows the last slash or backslash.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "basename('some/long/path/to/file')", answer: "file" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        let start = text.iter().rposition(|byte| matches!(byte, b'/' | b'\\')).map_or(0, |at| at + 1);
        out.extend_from_slice(&text[start..]);
        Ok(())
    },
};
