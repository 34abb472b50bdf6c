//! `multiSearchFirstIndexUTF8`: the place in the array, from 1, of the first needle that occurs in the text, or 0; positions in characters.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_FIRST_INDEX_UTF8: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchFirstIndexUTF8",
        category: "search",
        syntax: "multiSearchFirstIndexUTF8(text, needles)",
        summary: "The place in the array, from 1, of the first needle that occurs in the text, or 0; positions in characters.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt64",
        examples: &[Example {
            sql: "multiSearchFirstIndexUTF8('Hello World', ['world', 'World', 'llo'])",
            answer: "2",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Utf8,
    answer: Answer::FirstIndex,
};
