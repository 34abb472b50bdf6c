//! `isValidASCII`: whether all bytes are ASCII.

use crate::function::shape::TextNumber;
use crate::function::{Case, Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static IS_VALID_ASCII: TextNumber = TextNumber {
    spec: &Spec {
        name: "isValidASCII",
        aliases: &["isASCII"],
        case: Case::Insensitive,
        category: "string",
        syntax: "isValidASCII(text)",
        summary: "Whether all bytes are ASCII.",
        arguments: &[("text", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "isValidASCII('abc')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text| text.is_ascii().into(),
};
