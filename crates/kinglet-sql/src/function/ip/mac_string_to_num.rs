//! `MACStringToNum`: the number of a MAC address in text; 0 for another text.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static MAC_STRING_TO_NUM: TextNumber = TextNumber {
    spec: &Spec {
        name: "MACStringToNum",
        category: "ip",
        syntax: "MACStringToNum(text)",
        summary: "The number of a MAC address in text; 0 for another text.",
        arguments: &[("text", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "MACStringToNum('01:02:03:04:05:06')", answer: "1108152157446" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |text| super::mac::parse(text, 6).unwrap_or(0),
};
