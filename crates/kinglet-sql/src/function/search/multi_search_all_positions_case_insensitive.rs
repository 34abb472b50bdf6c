//! `multiSearchAllPositionsCaseInsensitive`: the first position, from 1, of each needle, or 0; ASCII letters in any case.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_ALL_POSITIONS_CASE_INSENSITIVE: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchAllPositionsCaseInsensitive",
        category: "search",
        syntax: "multiSearchAllPositionsCaseInsensitive(text, needles)",
        summary: "The first position, from 1, of each needle, or 0; ASCII letters in any case.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "Array(UInt64)",
        examples: &[Example {
            sql: "multiSearchAllPositionsCaseInsensitive('Hello World', ['world', 'World', 'llo'])",
            answer: "[7,7,3]",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Ascii,
    answer: Answer::AllPositions,
};
