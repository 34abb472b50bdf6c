//! `hasToken`: whether a word occurs in the text; it must not hold separators.

use super::token::Token;
use crate::function::{Example, Spec};

pub(in crate::function) static HAS_TOKEN: Token = Token {
    spec: &Spec {
        name: "hasToken",
        category: "search",
        syntax: "hasToken(text, word)",
        summary: "Whether a word occurs in the text; it must not hold separators.",
        arguments: &[("text", "String"), ("word", "String, constant")],
        returns: "UInt8",
        examples: &[Example { sql: "hasToken('Hello World', 'World')", answer: "1" }],
        ..Spec::EMPTY
    },
    any_case: false,
    null: false,
};
