//! `multiSearchFirstPositionCaseInsensitiveUTF8`: the leftmost position, from 1, where any of the needles occurs, or 0; letters in any case by Unicode.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_FIRST_POSITION_CASE_INSENSITIVE_UTF8: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchFirstPositionCaseInsensitiveUTF8",
        category: "search",
        syntax: "multiSearchFirstPositionCaseInsensitiveUTF8(text, needles)",
        summary: "The leftmost position, from 1, where any of the needles occurs, or 0; letters in any case by Unicode.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt64",
        examples: &[Example {
            sql: "multiSearchFirstPositionCaseInsensitiveUTF8('Hello World', ['world', 'World', 'llo'])",
            answer: "3",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::AnyCaseUtf8,
    answer: Answer::FirstPosition,
};
