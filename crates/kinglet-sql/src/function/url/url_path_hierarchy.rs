//! `URLPathHierarchy`: the path and query of a URL cut after each `/`, `?` and `#`.

use crate::function::shape::TextList;
use crate::function::{Example, Spec};

pub(in crate::function) static URL_PATH_HIERARCHY: TextList = TextList {
    spec: &Spec {
        name: "URLPathHierarchy",
        category: "url",
        syntax: "URLPathHierarchy(url)",
        summary: "The path and query of a URL cut after each `/`, `?` and `#`.",
        arguments: &[("url", "String")],
        returns: "Array(String)",
        examples: &[Example {
            sql: "URLPathHierarchy('https://example.com/browse/CONV-6788')",
            answer: "['/browse/','/browse/CONV-6788']",
        }],
        ..Spec::EMPTY
    },
    limited: false,
    parts: |url, visit| super::hierarchy::each(url, true, visit),
};
