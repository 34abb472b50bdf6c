//! `isIPv6String`: whether a text is an IPv6 address.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static IS_IPV6_STRING: TextNumber = TextNumber {
    spec: &Spec {
        name: "isIPv6String",
        category: "ip",
        syntax: "isIPv6String(text)",
        summary: "Whether a text is an IPv6 address.",
        arguments: &[("text", "String")],
        returns: "UInt8",
        examples: &[Example { sql: "isIPv6String('::1')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
    read: |text| {
        std::str::from_utf8(text).is_ok_and(|text| text.parse::<std::net::Ipv6Addr>().is_ok()).into()
    },
};
