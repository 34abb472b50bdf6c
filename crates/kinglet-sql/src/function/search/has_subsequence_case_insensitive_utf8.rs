//! `hasSubsequenceCaseInsensitiveUTF8`: whether the letters occur in the text in this order, with anything between them, letters in any case by Unicode.

use super::several::Fold;
use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static HAS_SUBSEQUENCE_CASE_INSENSITIVE_UTF8: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "hasSubsequenceCaseInsensitiveUTF8",
        category: "search",
        syntax: "hasSubsequenceCaseInsensitiveUTF8(text, letters)",
        summary: "Whether the letters occur in the text in this order, with anything between them, letters in any case by Unicode.",
        arguments: &[("text", "String"), ("letters", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "hasSubsequenceCaseInsensitiveUTF8('garbage', 'arg')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, letters| {
        Ok(super::several::has_subsequence(
            &Fold::AnyCaseUtf8.folded(text),
            &Fold::AnyCaseUtf8.folded(letters),
        )
        .into())
    },
};
