//! `unbin`: the bytes written by their bits.

use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static UNBIN: TextMap = TextMap {
    spec: &Spec {
        name: "unbin",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "unbin(text)",
        summary: "The bytes written by their bits; every character but 0 is a 1.",
        arguments: &[("text", "String of 0 and 1")],
        returns: "String",
        examples: &[Example { sql: "unbin('0110000101100010')", answer: "ab" }],
        ..Spec::EMPTY
    },
    write: unbin,
};

fn unbin(text: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let first = text.len() % 8;
    let (head, rest) = text.split_at(first);
    let groups = std::iter::once(head).filter(|head| !head.is_empty()).chain(rest.chunks(8));
    out.extend(groups.map(|bits| bits.iter().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit != b'0'))));
    Ok(())
}
