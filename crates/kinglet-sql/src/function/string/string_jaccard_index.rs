//! `stringJaccardIndex`: the share of bytes that two texts have in common.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::{ChType, Result};
use std::collections::HashSet;

pub(in crate::function) static STRING_JACCARD_INDEX: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "stringJaccardIndex",
        category: "string",
        syntax: "stringJaccardIndex(left, right)",
        summary: "The share of bytes that two texts have in common.",
        arguments: &[("left", "String"), ("right", "String")],
        returns: "Float64",
        examples: &[Example { sql: "stringJaccardIndex('clickhouse', 'mouse')", answer: "0.4" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float64,
    read: index,
};

fn index(left: &[u8], right: &[u8]) -> Result<f64> {
    let letters = |text: &[u8]| text.iter().copied().collect::<HashSet<_>>();
    let (left, right) = (letters(left), letters(right));
    if left.is_empty() && right.is_empty() {
        return Ok(0.0);
    }
    let both = left.intersection(&right).count() as f64;
    Ok(both / ((left.len() + right.len()) as f64 - both))
}
