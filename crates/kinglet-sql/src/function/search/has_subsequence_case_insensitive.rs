//! `hasSubsequenceCaseInsensitive`: whether the letters occur in the text in this order, with anything between them, ASCII letters in any case.

use super::several::Fold;
use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static HAS_SUBSEQUENCE_CASE_INSENSITIVE: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "hasSubsequenceCaseInsensitive",
        category: "search",
        syntax: "hasSubsequenceCaseInsensitive(text, letters)",
        summary: "Whether the letters occur in the text in this order, with anything between them, ASCII letters in any case.",
        arguments: &[("text", "String"), ("letters", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "hasSubsequenceCaseInsensitive('garbage', 'arg')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, letters| {
        Ok(super::several::has_subsequence(&Fold::Ascii.folded(text), &Fold::Ascii.folded(letters)).into())
    },
};
