//! `multiSearchFirstPosition`: the leftmost position, from 1, where any of the needles occurs, or 0.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_FIRST_POSITION: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchFirstPosition",
        category: "search",
        syntax: "multiSearchFirstPosition(text, needles)",
        summary: "The leftmost position, from 1, where any of the needles occurs, or 0.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt64",
        examples: &[Example {
            sql: "multiSearchFirstPosition('Hello World', ['world', 'World', 'llo'])",
            answer: "3",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Exact,
    answer: Answer::FirstPosition,
};
