//! `countSubstrings`: how often a text occurs in another without overlap.

use super::several::{Count, Fold};
use crate::function::{Example, Spec};

pub(in crate::function) static COUNT_SUBSTRINGS: Count = Count {
    spec: &Spec {
        name: "countSubstrings",
        category: "search",
        syntax: "countSubstrings(text, needle[, start])",
        summary: "How often a text occurs in another without overlap.",
        arguments: &[("text", "String"), ("needle", "String"), ("start", "Integer: position to start from")],
        returns: "UInt64",
        examples: &[Example { sql: "countSubstrings('aaaa', 'aa')", answer: "2" }],
        ..Spec::EMPTY
    },
    fold: Fold::Exact,
};
