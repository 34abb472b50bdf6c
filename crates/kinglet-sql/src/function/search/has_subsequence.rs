//! `hasSubsequence`: whether the letters occur in the text in this order, with anything between them.

use super::several::Fold;
use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static HAS_SUBSEQUENCE: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "hasSubsequence",
        category: "search",
        syntax: "hasSubsequence(text, letters)",
        summary: "Whether the letters occur in the text in this order, with anything between them.",
        arguments: &[("text", "String"), ("letters", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "hasSubsequence('garbage', 'arg')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, letters| {
        Ok(super::several::has_subsequence(&Fold::Exact.folded(text), &Fold::Exact.folded(letters)).into())
    },
};
