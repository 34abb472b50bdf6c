//! `cutQueryStringAndFragment`: the URL without query and fragment.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static CUT_QUERY_STRING_AND_FRAGMENT: TextMap = TextMap {
    spec: &Spec {
        name: "cutQueryStringAndFragment",
        category: "url",
        syntax: "cutQueryStringAndFragment(url)",
        summary: "The URL without query and fragment.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "cutQueryStringAndFragment('http://example.com/x?y=1#z')",
            answer: "http://example.com/x",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        let end = url.iter().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(url.len());
        out.extend_from_slice(&url[..end]);
        Ok(())
    },
};
