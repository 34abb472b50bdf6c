//! `startsWithCaseInsensitiveUTF8`: whether a text begins with another, letters in any case by Unicode.

use super::characters::lower;
use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static STARTS_WITH_CASE_INSENSITIVE_UTF8: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "startsWithCaseInsensitiveUTF8",
        category: "string",
        syntax: "startsWithCaseInsensitiveUTF8(text, prefix)",
        summary: "Whether a text begins with another, letters in any case by Unicode.",
        arguments: &[("text", "String"), ("prefix", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "startsWithCaseInsensitiveUTF8('École', 'éC')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, prefix| Ok(lower(text).starts_with(&lower(prefix)).into()),
};
