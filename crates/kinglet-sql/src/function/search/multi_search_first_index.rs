//! `multiSearchFirstIndex`: the place in the array, from 1, of the first needle that occurs in the text, or 0.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_FIRST_INDEX: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchFirstIndex",
        category: "search",
        syntax: "multiSearchFirstIndex(text, needles)",
        summary: "The place in the array, from 1, of the first needle that occurs in the text, or 0.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt64",
        examples: &[Example {
            sql: "multiSearchFirstIndex('Hello World', ['world', 'World', 'llo'])",
            answer: "2",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Exact,
    answer: Answer::FirstIndex,
};
