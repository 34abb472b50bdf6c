//! `hasTokenCaseInsensitive`: whether a word occurs in the text, letters in any case; it must not hold separators.

use super::token::Token;
use crate::function::{Example, Spec};

pub(in crate::function) static HAS_TOKEN_CASE_INSENSITIVE: Token = Token {
    spec: &Spec {
        name: "hasTokenCaseInsensitive",
        category: "search",
        syntax: "hasTokenCaseInsensitive(text, word)",
        summary: "Whether a word occurs in the text, letters in any case; it must not hold separators.",
        arguments: &[("text", "String"), ("word", "String, constant")],
        returns: "UInt8",
        examples: &[Example { sql: "hasTokenCaseInsensitive('Hello World', 'World')", answer: "1" }],
        ..Spec::EMPTY
    },
    any_case: true,
    null: false,
};
