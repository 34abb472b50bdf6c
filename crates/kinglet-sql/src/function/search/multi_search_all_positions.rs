//! `multiSearchAllPositions`: the first position, from 1, of each needle, or 0.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_ALL_POSITIONS: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchAllPositions",
        category: "search",
        syntax: "multiSearchAllPositions(text, needles)",
        summary: "The first position, from 1, of each needle, or 0.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "Array(UInt64)",
        examples: &[Example {
            sql: "multiSearchAllPositions('Hello World', ['world', 'World', 'llo'])",
            answer: "[0,7,3]",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Exact,
    answer: Answer::AllPositions,
};
