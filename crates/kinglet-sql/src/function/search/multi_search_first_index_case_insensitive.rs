//! `multiSearchFirstIndexCaseInsensitive`: the place in the array, from 1, of the first needle that occurs in the text, or 0; ASCII letters in any case.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_FIRST_INDEX_CASE_INSENSITIVE: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchFirstIndexCaseInsensitive",
        category: "search",
        syntax: "multiSearchFirstIndexCaseInsensitive(text, needles)",
        summary: "The place in the array, from 1, of the first needle that occurs in the text, or 0; ASCII letters in any case.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt64",
        examples: &[Example {
            sql: "multiSearchFirstIndexCaseInsensitive('Hello World', ['world', 'World', 'llo'])",
            answer: "1",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Ascii,
    answer: Answer::FirstIndex,
};
