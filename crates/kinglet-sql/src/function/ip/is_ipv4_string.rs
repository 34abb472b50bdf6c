//! `isIPv4String`: whether a text is an IPv4 address.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static IS_IPV4_STRING: TextNumber = TextNumber {
    spec: &Spec {
        name: "isIPv4String",
        category: "ip",
        syntax: "isIPv4String(text)",
        summary: "Whether a text is an IPv4 address.",
        arguments: &[("text", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "isIPv4String('1.2.3.4')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text| super::address::v4(text).is_some().into(),
};
