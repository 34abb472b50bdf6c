//! `splitByNonAlpha`: the parts of a text between white space and punctuation.

use crate::function::shape::TextList;
use crate::function::{Example, Spec};

pub(in crate::function) static SPLIT_BY_NON_ALPHA: TextList = TextList {
    spec: &Spec {
        name: "splitByNonAlpha",
        category: "string",
        syntax: "splitByNonAlpha(text[, max_parts])",
        summary: "The parts of a text between white space and punctuation.",
        arguments: &[("text", "String"), ("max_parts", "Integer")],
        returns: "Array(String)",
        examples: &[Example {
            sql: "splitByNonAlpha('user@example.com')",
            answer: "['user','example','com']",
        }],
        ..Spec::EMPTY
    },
    limited: true,
    parts: |text, visit| {
        text.split(|byte| byte.is_ascii_whitespace() || *byte == 0x0b || byte.is_ascii_punctuation())
            .filter(|part| !part.is_empty())
            .for_each(visit);
    },
};
