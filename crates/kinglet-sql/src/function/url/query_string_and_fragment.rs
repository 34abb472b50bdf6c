//! `queryStringAndFragment`: the query and fragment of a URL.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static QUERY_STRING_AND_FRAGMENT: TextMap = TextMap {
    spec: &Spec {
        name: "queryStringAndFragment",
        category: "url",
        syntax: "queryStringAndFragment(url)",
        summary: "The query and fragment of a URL.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example { sql: "queryStringAndFragment('http://example.com/x?y=1#z')", answer: "y=1#z" }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        if let Some(at) = url.iter().position(|byte| matches!(byte, b'?' | b'#')) {
            let skipped = usize::from(url[at] == b'?');
            out.extend_from_slice(&url[at + skipped..]);
        }
        Ok(())
    },
};
