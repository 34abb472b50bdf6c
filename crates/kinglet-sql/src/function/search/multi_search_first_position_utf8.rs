//! `multiSearchFirstPositionUTF8`: the leftmost position, from 1, where any of the needles occurs, or 0; positions in characters.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_FIRST_POSITION_UTF8: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchFirstPositionUTF8",
        category: "search",
        syntax: "multiSearchFirstPositionUTF8(text, needles)",
        summary: "The leftmost position, from 1, where any of the needles occurs, or 0; positions in characters.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt64",
        examples: &[Example {
            sql: "multiSearchFirstPositionUTF8('Hello World', ['world', 'World', 'llo'])",
            answer: "3",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Utf8,
    answer: Answer::FirstPosition,
};
