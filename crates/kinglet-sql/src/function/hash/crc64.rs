//! `CRC64`: the CRC-64 of a text (ECMA).

use crate::function::shape::TextNumber;
use crate::function::{Case, Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static CRC64: TextNumber = TextNumber {
    spec: &Spec {
        name: "CRC64",
        case: Case::Insensitive,
        category: "hash",
        syntax: "CRC64(text)",
        summary: "The CRC-64 of a text (ECMA).",
        arguments: &[("text", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "CRC64('ClickHouse')", answer: "12126588151325169346" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |text| super::crc::crc(text, 0xc96c_5795_d787_0f42, 0) as i64,
};
