//! `cutWWW`: the URL without `www.` before its host.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static CUT_WWW: TextMap = TextMap {
    spec: &Spec {
        name: "cutWWW",
        category: "url",
        syntax: "cutWWW(url)",
        summary: "The URL without `www.` before its host.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example { sql: "cutWWW('http://www.example.com/x')", answer: "http://example.com/x" }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        match memchr::memmem::find(url, b"//") {
            Some(at) if url[at + 2..].starts_with(b"www.") => {
                out.extend_from_slice(&url[..at + 2]);
                out.extend_from_slice(&url[at + 6..]);
            }
            _ => out.extend_from_slice(url),
        }
        Ok(())
    },
};
