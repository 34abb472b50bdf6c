//! `endsWithCaseInsensitive`: whether a text ends with another, ASCII letters in any case.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static ENDS_WITH_CASE_INSENSITIVE: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "endsWithCaseInsensitive",
        category: "string",
        syntax: "endsWithCaseInsensitive(text, suffix)",
        summary: "Whether a text ends with another, ASCII letters in any case.",
        arguments: &[("text", "String"), ("suffix", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "endsWithCaseInsensitive('Kinglet', 'LET')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, suffix| {
        Ok(text
            .len()
            .checked_sub(suffix.len())
            .and_then(|at| text.get(at..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(suffix))
            .into())
    },
};
