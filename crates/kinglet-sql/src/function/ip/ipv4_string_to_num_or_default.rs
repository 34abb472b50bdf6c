//! `IPv4StringToNumOrDefault`: the number of an IPv4 address in text; 0 for another text.

use super::address::{StringToNum, V4};
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static IPV4_STRING_TO_NUM_OR_DEFAULT: StringToNum = StringToNum {
    spec: &Spec {
        name: "IPv4StringToNumOrDefault",
        category: "ip",
        syntax: "IPv4StringToNumOrDefault(text)",
        summary: "The number of an IPv4 address in text; 0 for another text.",
        arguments: &[("text", "String")],
        returns: "UInt32",
        examples: &[Example { sql: "IPv4StringToNumOrDefault('192.168.0.1')", answer: "3232235521" }],
        ..Spec::EMPTY
    },
    family: V4,
    failure: Failure::Default,
};
