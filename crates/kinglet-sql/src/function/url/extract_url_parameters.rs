//! `extractURLParameters`: the parameters of a URL as `name=value`.

use crate::function::shape::TextList;
use crate::function::{Example, Spec};

pub(in crate::function) static EXTRACT_URL_PARAMETERS: TextList = TextList {
    spec: &Spec {
        name: "extractURLParameters",
        category: "url",
        syntax: "extractURLParameters(url)",
        summary: "The parameters of a URL as `name=value`.",
        arguments: &[("url", "String")],
        returns: "Array(String)",
        examples: &[Example {
            sql: "extractURLParameters('http://example.com/?a=1&b=2#c=3')",
            answer: "['a=1','b=2','c=3']",
        }],
        ..Spec::EMPTY
    },
    limited: false,
    parts: |url, visit| super::parts::parameters(url).filter(|pair| pair.contains(&b'=')).for_each(visit),
};
