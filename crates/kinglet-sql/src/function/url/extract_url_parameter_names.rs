//! `extractURLParameterNames`: the names of the parameters of a URL.

use crate::function::shape::TextList;
use crate::function::{Example, Spec};

pub(in crate::function) static EXTRACT_URL_PARAMETER_NAMES: TextList = TextList {
    spec: &Spec {
        name: "extractURLParameterNames",
        category: "url",
        syntax: "extractURLParameterNames(url)",
        summary: "The names of the parameters of a URL.",
        arguments: &[("url", "String")],
        returns: "Array(String)",
        examples: &[Example {
            sql: "extractURLParameterNames('http://example.com/?a=1&b=2')",
            answer: "['a','b']",
        }],
        ..Spec::EMPTY
    },
    limited: false,
    parts: |url, visit| {
        super::parts::parameters(url)
            .filter_map(|pair| pair.split(|byte| *byte == b'=').next().filter(|name| name.len() < pair.len()))
            .for_each(visit);
    },
};
