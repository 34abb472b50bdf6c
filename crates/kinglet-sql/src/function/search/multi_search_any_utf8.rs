//! `multiSearchAnyUTF8`: whether any of the needles occurs in the text; positions in characters.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_ANY_UTF8: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchAnyUTF8",
        category: "search",
        syntax: "multiSearchAnyUTF8(text, needles)",
        summary: "Whether any of the needles occurs in the text; positions in characters.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt8",
        examples: &[Example {
            sql: "multiSearchAnyUTF8('Hello World', ['world', 'World', 'llo'])",
            answer: "1",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Utf8,
    answer: Answer::Any,
};
