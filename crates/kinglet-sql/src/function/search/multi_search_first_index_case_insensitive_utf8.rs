//! `multiSearchFirstIndexCaseInsensitiveUTF8`: the place in the array, from 1, of the first needle that occurs in the text, or 0; letters in any case by Unicode.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_FIRST_INDEX_CASE_INSENSITIVE_UTF8: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchFirstIndexCaseInsensitiveUTF8",
        category: "search",
        syntax: "multiSearchFirstIndexCaseInsensitiveUTF8(text, needles)",
        summary: "The place in the array, from 1, of the first needle that occurs in the text, or 0; letters in any case by Unicode.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt64",
        examples: &[Example {
            sql: "multiSearchFirstIndexCaseInsensitiveUTF8('Hello World', ['world', 'World', 'llo'])",
            answer: "1",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::AnyCaseUtf8,
    answer: Answer::FirstIndex,
};
