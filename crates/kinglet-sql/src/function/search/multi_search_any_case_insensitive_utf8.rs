//! `multiSearchAnyCaseInsensitiveUTF8`: whether any of the needles occurs in the text; letters in any case by Unicode.

use super::several::{Answer, Fold, MultiSearch};
use crate::function::{Example, Spec};

pub(in crate::function) static MULTI_SEARCH_ANY_CASE_INSENSITIVE_UTF8: MultiSearch = MultiSearch {
    spec: &Spec {
        name: "multiSearchAnyCaseInsensitiveUTF8",
        category: "search",
        syntax: "multiSearchAnyCaseInsensitiveUTF8(text, needles)",
        summary: "Whether any of the needles occurs in the text; letters in any case by Unicode.",
        arguments: &[("text", "String"), ("needles", "Array(String)")],
        returns: "UInt8",
        examples: &[Example {
            sql: "multiSearchAnyCaseInsensitiveUTF8('Hello World', ['world', 'World', 'llo'])",
            answer: "1",
        }],
        ..Spec::EMPTY
    },
    fold: Fold::AnyCaseUtf8,
    answer: Answer::Any,
};
