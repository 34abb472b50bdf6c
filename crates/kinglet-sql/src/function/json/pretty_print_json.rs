//! `prettyPrintJSON`: the JSON with each member on its own line.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};
use kinglet_types::{ErrorCode, SqlError};

pub(in crate::function) static PRETTY_PRINT_JSON: TextMap = TextMap {
    spec: &Spec {
        name: "prettyPrintJSON",
        category: "json",
        syntax: "prettyPrintJSON(json)",
        summary: "The JSON with each member on its own line.",
        arguments: &[("json", "String")],
        returns: "String",
        examples: &[Example { sql: "prettyPrintJSON('{\"a\": 1}')", answer: "{\n    \"a\": 1\n}" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        match super::locate::whole(text) {
            Some(value) => pretty(value, 0, out),
            None => return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, "Invalid JSON")),
        }
        Ok(())
    },
};

fn pretty(value: &[u8], depth: usize, out: &mut Vec<u8>) {
    let close = match value.first() {
        Some(b'{') => b'}',
        Some(b'[') => b']',
        _ => return super::scalar::write_compact(value, out),
    };
    out.push(value[0]);
    let start = out.len();
    let _ = super::locate::each(value, |key, member| {
        if out.len() > start {
            out.push(b',');
        }
        out.push(b'\n');
        out.extend(std::iter::repeat_n(b' ', 4 * (depth + 1)));
        if let Some(key) = key {
            super::scalar::write_text(&key, out);
            out.extend_from_slice(b": ");
        }
        pretty(member, depth + 1, out);
        true
    });
    if out.len() > start {
        out.push(b'\n');
        out.extend(std::iter::repeat_n(b' ', 4 * depth));
    }
    out.push(close);
}
