//! `multiSearchAllPositionsCaseInsensitiveUTF8`: the first position, from 1, of each needle, or 0; letters in any case by Unicode.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_ALL_POSITIONS_CASE_INSENSITIVE_UTF8: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchAllPositionsCaseInsensitiveUTF8",
        category: "search",
        syntax: "multiSearchAllPositionsCaseInsensitiveUTF8(text, needles)",
        summary: "The first position, from 1, of each needle, or 0; letters in any case by Unicode.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "Array(UInt64)",
        examples: &[Example {
            sql: "multiSearchAllPositionsCaseInsensitiveUTF8('Hello World', ['world', 'World', 'llo'])",
            answer: "[7,7,3]",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::AnyCaseUtf8,
    answer: Answer::AllPositions,
};
