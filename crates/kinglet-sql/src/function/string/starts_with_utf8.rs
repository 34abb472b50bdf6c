//! `startsWithUTF8`: whether a text begins with another.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static STARTS_WITH_UTF8: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "startsWithUTF8",
        category: "string",
        syntax: "startsWithUTF8(text, prefix)",
        summary: "Whether a text begins with another.",
        arguments: &[("text", "String"), ("prefix", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "startsWithUTF8('приставка', 'при')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text, prefix| Ok(text.starts_with(prefix).into()),
};
