//! `endsWithCaseInsensitiveUTF8`: whether a text ends with another, letters in any case by Unicode.

use super::characters::lower;
use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static ENDS_WITH_CASE_INSENSITIVE_UTF8: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "endsWithCaseInsensitiveUTF8",
        category: "string",
        syntax: "endsWithCaseInsensitiveUTF8(text, suffix)",
        summary: "Whether a text ends with another, letters in any case by Unicode.",
        arguments: &[("text", "String"), ("suffix", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "endsWithCaseInsensitiveUTF8('CAFÉ', 'fé')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, suffix| Ok(lower(text).ends_with(&lower(suffix)).into()),
};
