//! `netloc`: user, host and port of a URL.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static NETLOC: TextMap = TextMap {
    spec: &Spec {
        name: "netloc",
        category: "url",
        syntax: "netloc(url)",
        summary: "User, host and port of a URL.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "netloc('http://user:pw@example.com:80/x')",
            answer: "user:pw@example.com:80",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        out.extend_from_slice(super::parts::authority(url));
        Ok(())
    },
};
