//! `CRC32`: the CRC-32 of a text, as zlib computes it.

use crate::function::shape::TextNumber;
use crate::function::{Case, Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static CRC32: TextNumber = TextNumber {
    spec: &Spec {
        name: "CRC32",
        case: Case::Insensitive,
        category: "hash",
        syntax: "CRC32(text)",
        summary: "The CRC-32 of a text, as zlib computes it.",
        arguments: &[("text", "String")],
        returns: "UInt32",
        examples: &[Example { sql: "CRC32('ClickHouse')", answer: "1538217360" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt32,
    read: |text| (super::crc::crc(text, 0xedb8_8320, 0xffff_ffff) ^ 0xffff_ffff) as i64,
};
