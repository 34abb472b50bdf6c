//! `regexpQuoteMeta`: the text as a regular expression that matches it alone.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static REGEXP_QUOTE_META: TextMap = TextMap {
    spec: &Spec {
        name: "regexpQuoteMeta",
        category: "search",
        syntax: "regexpQuoteMeta(text)",
        summary: "The text as a regular expression that matches it alone.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "regexpQuoteMeta('a.b*c')", answer: "a\\.b\\*c" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        for byte in text {
            match byte {
                0 => out.extend_from_slice(b"\\0"),
                b'\\' | b'(' | b')' | b'^' | b'$' | b'.' | b'[' | b']' | b'?' | b'*' | b'+' | b'{' | b':'
                | b'-' | b'|' | b'}' => out.extend([b'\\', *byte]),
                other => out.push(*other),
            }
        }
        Ok(())
    },
};
