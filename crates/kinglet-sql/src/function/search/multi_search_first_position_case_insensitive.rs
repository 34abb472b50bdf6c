//! `multiSearchFirstPositionCaseInsensitive`: the leftmost position, from 1, where any of the needles occurs, or 0; ASCII letters in any case.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_FIRST_POSITION_CASE_INSENSITIVE: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchFirstPositionCaseInsensitive",
        category: "search",
        syntax: "multiSearchFirstPositionCaseInsensitive(text, needles)",
        summary: "The leftmost position, from 1, where any of the needles occurs, or 0; ASCII letters in any case.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt64",
        examples: &[Example {
            sql: "multiSearchFirstPositionCaseInsensitive('Hello World', ['world', 'World', 'llo'])",
            answer: "3",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Ascii,
    answer: Answer::FirstPosition,
};
