//! `CRC32IEEE`: the CRC-32 of a text that starts with zeros and is not inverted.

use crate::function::shape::TextNumber;
use crate::function::{Case, Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static CRC32_IEEE: TextNumber = TextNumber {
    spec: &Spec {
        name: "CRC32IEEE",
        case: Case::Insensitive,
        category: "hash",
        syntax: "CRC32IEEE(text)",
        summary: "The CRC-32 of a text that starts with zeros and is not inverted.",
        arguments: &[("text", "String")],
        returns: "UInt32",
        examples: &[Example { sql: "CRC32IEEE('ClickHouse')", answer: "3089448422" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt32,
    read: |text| super::crc::crc(text, 0xedb8_8320, 0) as i64,
};
