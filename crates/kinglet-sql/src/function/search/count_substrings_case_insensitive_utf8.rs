//! `countSubstringsCaseInsensitiveUTF8`: how often a text occurs in another without overlap, letters in any case by Unicode.

use super::several::{Count, Fold};
use crate::function::{Example, Spec};

pub(in crate::function) static COUNT_SUBSTRINGS_CASE_INSENSITIVE_UTF8: Count = Count {
    spec: &Spec {
        name: "countSubstringsCaseInsensitiveUTF8",
        category: "search",
        syntax: "countSubstringsCaseInsensitiveUTF8(text, needle[, start])",
        summary: "How often a text occurs in another without overlap, letters in any case by Unicode.",
        arguments: &[("text", "String"), ("needle", "String"), ("start", "Integer: position to start from")],
        returns: "UInt64",
        examples: &[Example { sql: "countSubstringsCaseInsensitiveUTF8('aaaa', 'aa')", answer: "2" }],
        ..Spec::EMPTY
    },
    fold: Fold::AnyCaseUtf8,
};
