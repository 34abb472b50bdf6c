//! `URLHierarchy`: the URL cut after each `/`, `?` and `#` of its path and query.

use crate::function::shape::TextList;
use crate::function::{Example, Spec};

pub(in crate::function) static URL_HIERARCHY: TextList = TextList {
    spec: &Spec {
        name: "URLHierarchy",
        category: "url",
        syntax: "URLHierarchy(url)",
        summary: "The URL cut after each `/`, `?` and `#` of its path and query.",
        arguments: &[("url", "String")],
        returns: "Array(String)",
        examples: &[Example {
            sql: "URLHierarchy('https://example.com/browse/CONV-6788')",
            answer: "['https://example.com/','https://example.com/browse/','https://example.com/browse/CONV-6788']",
        }],
        ..Spec::EMPTY
    },
    limited: false,
    parts: |url, visit| super::hierarchy::each(url, false, visit),
};
