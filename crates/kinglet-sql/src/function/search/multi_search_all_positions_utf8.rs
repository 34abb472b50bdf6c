//! `multiSearchAllPositionsUTF8`: the first position, from 1, of each needle, or 0; positions in characters.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_ALL_POSITIONS_UTF8: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchAllPositionsUTF8",
        category: "search",
        syntax: "multiSearchAllPositionsUTF8(text, needles)",
        summary: "The first position, from 1, of each needle, or 0; positions in characters.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "Array(UInt64)",
        examples: &[Example {
            sql: "multiSearchAllPositionsUTF8('Hello World', ['world', 'World', 'llo'])",
            answer: "[0,7,3]",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::Utf8,
    answer: Answer::AllPositions,
};
