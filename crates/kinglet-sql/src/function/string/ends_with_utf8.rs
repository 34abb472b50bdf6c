//! `endsWithUTF8`: whether a text ends with another.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static ENDS_WITH_UTF8: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "endsWithUTF8",
        category: "string",
        syntax: "endsWithUTF8(text, suffix)",
        summary: "Whether a text ends with another.",
        arguments: &[("text", "String"), ("suffix", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "endsWithUTF8('данные', 'ные')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, suffix| Ok(text.ends_with(suffix).into()),
};
