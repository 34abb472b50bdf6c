//! `multiSearchAny`: whether any of the needles occurs in the text.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_ANY: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchAny",
        category: "search",
        syntax: "multiSearchAny(text, needles)",
        summary: "Whether any of the needles occurs in the text.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt8",
        examples: &[Example { sql: "multiSearchAny('Hello World', ['world', 'World', 'llo'])", answer: "1" }],
        ..Spec::EMPTY
    },
    fold: Fold::Exact,
    answer: Answer::Any,
};
