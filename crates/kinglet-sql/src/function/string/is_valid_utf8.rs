//! `isValidUTF8`: whether the bytes are UTF-8.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static IS_VALID_UTF8: TextNumber = TextNumber {
    spec: &Spec {
        name: "isValidUTF8",
        category: "string",
        syntax: "isValidUTF8(text)",
        summary: "Whether the bytes are UTF-8.",
        arguments: &[("text", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "isValidUTF8('é')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text| std::str::from_utf8(text).is_ok().into(),
};
