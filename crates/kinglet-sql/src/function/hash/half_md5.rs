//! `halfMD5`: the first eight bytes of the MD5 digest as a number, most significant first.

use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;
use md5::Digest as _;

pub(in crate::function) static HALF_MD5: ValueHash = ValueHash {
    spec: &Spec {
        name: "halfMD5",
        category: "hash",
        syntax: "halfMD5(value, ..)",
        summary: "The first eight bytes of the MD5 digest as a number, most significant first.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[Example { sql: "halfMD5('abc')", answer: "10376663631224000432" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| half(text),
    mixed: false,
    combine: |_, left, right| half(&[(left as u64).to_le_bytes(), (right as u64).to_le_bytes()].concat()),
    keyed: false,
};

fn half(text: &[u8]) -> u128 {
    let digest = md5::Md5::digest(text);
    digest.iter().take(8).fold(0, |hash, byte| hash << 8 | u128::from(*byte))
}
