//! `alphaTokens`: the runs of the letters a-z and A-Z.

use crate::function::shape::TextList;
use crate::function::{Example, Spec};

pub(in crate::function) static ALPHA_TOKENS: TextList = TextList {
    spec: &Spec {
        name: "alphaTokens",
        aliases: &["splitByAlpha"],
        category: "string",
        syntax: "alphaTokens(text[, max_parts])",
        summary: "The runs of the letters a-z and A-Z.",
        arguments: &[("text", "String"), ("max_parts", "Integer")],
        returns: "Array(String)",
        examples: &[Example { sql: "alphaTokens('abca1abc')", answer: "['abca','abc']" }],
        ..Spec::EMPTY
    },
    limited: true,
    parts: |text, visit| {
        text.split(|byte| !byte.is_ascii_alphabetic()).filter(|part| !part.is_empty()).for_each(visit);
    },
};
