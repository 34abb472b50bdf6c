//! `MACStringToOUI`: the number of the first three bytes of a MAC address in text; 0 for another text.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static MAC_STRING_TO_OUI: TextNumber = TextNumber {
    spec: &Spec {
        name: "MACStringToOUI",
        category: "ip",
        syntax: "MACStringToOUI(text)",
        summary: "The number of the first three bytes of a MAC address in text; 0 for another text.",
        arguments: &[("text", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "MACStringToOUI('01:02:03:04:05:06')", answer: "66051" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |text| {
        let first = if text.len() == 17 { text.get(..8).unwrap_or_default() } else { text };
        super::mac::parse(first, 3).unwrap_or(0)
    },
};
