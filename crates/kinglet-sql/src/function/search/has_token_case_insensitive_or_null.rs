//! `hasTokenCaseInsensitiveOrNull`: whether a word occurs in the text, letters in any case; NULL for one that holds separators.

use super::token::Token;
use crate::function::{Example, Spec};

pub(in crate::function) static HAS_TOKEN_CASE_INSENSITIVE_OR_NULL: Token = Token {
    spec: &Spec {
        name: "hasTokenCaseInsensitiveOrNull",
        category: "search",
        syntax: "hasTokenCaseInsensitiveOrNull(text, word)",
        summary: "Whether a word occurs in the text, letters in any case; NULL for one that holds separators.",
        arguments: &[("text", "String"), ("word", "String, constant")],
        returns: "Nullable(UInt8)",
        examples: &[Example { sql: "hasTokenCaseInsensitiveOrNull('Hello World', 'World')", answer: "1" }],
        ..Spec::EMPTY
    },
    any_case: true,
    null: true,
};
