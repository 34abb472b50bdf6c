//! `hasSubsequenceUTF8`: whether the letters occur in the text in this order, with anything between them, by characters.

use super::several::Fold;
use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static HAS_SUBSEQUENCE_UTF8: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "hasSubsequenceUTF8",
        category: "search",
        syntax: "hasSubsequenceUTF8(text, letters)",
        summary: "Whether the letters occur in the text in this order, with anything between them, by characters.",
        arguments: &[("text", "String"), ("letters", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "hasSubsequenceUTF8('garbage', 'arg')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, letters| {
        Ok(super::several::has_subsequence(&Fold::Utf8.folded(text), &Fold::Utf8.folded(letters)).into())
    },
};
