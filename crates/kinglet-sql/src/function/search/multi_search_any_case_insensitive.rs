//! `multiSearchAnyCaseInsensitive`: whether any of the needles occurs in the text; ASCII letters in any case.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_ANY_CASE_INSENSITIVE: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchAnyCaseInsensitive",
        category: "search",
        syntax: "multiSearchAnyCaseInsensitive(text, needles)",
        summary: "Whether any of the needles occurs in the text; ASCII letters in any case.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt8",
        examples: &[Example {
            sql: "multiSearchAnyCaseInsensitive('Hello World', ['world', 'World', 'llo'])",
            answer: "1",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Ascii,
    answer: Answer::Any,
};
