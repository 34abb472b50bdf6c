//! `byteHammingDistance`: number of places where the bytes of two texts differ; what one has more counts too.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::{ChType, Result};

pub(in crate::function) static BYTE_HAMMING_DISTANCE: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "byteHammingDistance",
        aliases: &["mismatches"],
        category: "string",
        syntax: "byteHammingDistance(left, right)",
        summary: "Number of places where the bytes of two texts differ; what one has more counts too.",
        arguments: &[("left", "String"), ("right", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "byteHammingDistance('karolin', 'kathrin')", answer: "3" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: distance,
};

fn distance(left: &[u8], right: &[u8]) -> Result<i64> {
    let common = left.iter().zip(right).filter(|(left, right)| left != right).count();
    Ok((common + left.len().abs_diff(right.len())) as i64)
}
