//! `IPv4StringToNumOrNull`: the number of an IPv4 address in text; NULL for another text.

use super::address::{StringToNum, V4};
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static IPV4_STRING_TO_NUM_OR_NULL: StringToNum = StringToNum {
    spec: &Spec {
        name: "IPv4StringToNumOrNull",
        category: "ip",
        syntax: "IPv4StringToNumOrNull(text)",
        summary: "The number of an IPv4 address in text; NULL for another text.",
        arguments: &[("text", "String")],
        returns: "Nullable(UInt32)",
        examples: &[Example { sql: "IPv4StringToNumOrNull('192.168.0.1')", answer: "3232235521" }],
        ..Spec::EMPTY
    },
    family: V4,
    failure: Failure::Null,
};
