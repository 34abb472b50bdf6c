//! `parseReadableSizeOrZero`: the number of bytes of a size such as `1 KiB`; 0 for another text.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static PARSE_READABLE_SIZE_OR_ZERO: TextNumber = TextNumber {
    spec: &Spec {
        name: "parseReadableSizeOrZero",
        category: "other",
        syntax: "parseReadableSizeOrZero(text)",
        summary: "The number of bytes of a size such as `1 KiB`; 0 for another text.",
        arguments: &[("text", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "parseReadableSizeOrZero('1.5 KiB')", answer: "1536" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |text| super::size_text::bytes(text).unwrap_or(0),
};
