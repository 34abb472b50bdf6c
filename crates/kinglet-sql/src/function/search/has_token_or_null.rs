//! `hasTokenOrNull`: whether a word occurs in the text; NULL for one that holds separators.

use super::token::Token;
use crate::function::{Example, Spec};

pub(in crate::function) static HAS_TOKEN_OR_NULL: Token = Token {
    spec: &Spec {
        name: "hasTokenOrNull",
        category: "search",
        syntax: "hasTokenOrNull(text, word)",
        summary: "Whether a word occurs in the text; NULL for one that holds separators.",
        arguments: &[("text", "String"), ("word", "String, constant")],
        returns: "Nullable(UInt8)",
        examples: &[Example { sql: "hasTokenOrNull('Hello World', 'World')", answer: "1" }],
        ..Spec::EMPTY
    },
    any_case: false,
    null: true,
};
