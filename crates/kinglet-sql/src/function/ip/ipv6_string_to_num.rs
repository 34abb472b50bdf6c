//! `IPv6StringToNum`: the 16 bytes of an IPv6 address in text; an error for another text. IPv4 addresses are mapped.

use super::address::{StringToNum, V6};
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static IPV6_STRING_TO_NUM: StringToNum = StringToNum {
    spec: &Spec {
        name: "IPv6StringToNum",
        aliases: &["INET6_ATON"],
        category: "ip",
        syntax: "IPv6StringToNum(text)",
        summary: "The 16 bytes of an IPv6 address in text; an error for another text. IPv4 addresses are mapped.",
        arguments: &[("text", "String")],
        returns: "FixedString(16)",
        examples: &[Example {
            sql: "hex(IPv6StringToNum('2a02:6b8::11'))",
            answer: "2A0206B8000000000000000000000011",
        }],
        ..Spec::EMPTY
    },
    family: V6,
    failure: Failure::Error,
};
