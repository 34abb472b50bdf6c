//! `startsWithCaseInsensitive`: whether a text begins with another, ASCII letters in any case.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static STARTS_WITH_CASE_INSENSITIVE: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "startsWithCaseInsensitive",
        category: "string",
        syntax: "startsWithCaseInsensitive(text, prefix)",
        summary: "Whether a text begins with another, ASCII letters in any case.",
        arguments: &[("text", "String"), ("prefix", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "startsWithCaseInsensitive('Kinglet', 'KING')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, prefix| {
        Ok(text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)).into())
    },
};
