//! `countSubstringsCaseInsensitive`: how often a text occurs in another without overlap, ASCII letters in any case.

use super::several::{Count, Fold};
use crate::function::{Example, Spec};

pub(in crate::function) static COUNT_SUBSTRINGS_CASE_INSENSITIVE: Count = Count {
    spec: &Spec {
        name: "countSubstringsCaseInsensitive",
        category: "search",
        syntax: "countSubstringsCaseInsensitive(text, needle[, start])",
        summary: "How often a text occurs in another without overlap, ASCII letters in any case.",
        arguments: &[("text", "String"), ("needle", "String"), ("start", "Integer: position to start from")],
        returns: "UInt64",
        examples: &[Example { sql: "countSubstringsCaseInsensitive('aaaa', 'aa')", answer: "2" }],
        ..Spec::EMPTY
    },
    fold: Fold::Ascii,
};
