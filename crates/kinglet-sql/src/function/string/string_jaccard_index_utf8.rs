//! `stringJaccardIndexUTF8`: the share of characters that two texts have in common.

use super::characters::characters;
use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::{ChType, Result};
use std::collections::HashSet;

pub(in crate::function) static STRING_JACCARD_INDEX_UTF8: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "stringJaccardIndexUTF8",
        category: "string",
        syntax: "stringJaccardIndexUTF8(left, right)",
        summary: "The share of characters that two texts have in common.",
        arguments: &[("left", "String"), ("right", "String")],
        returns: "Float64",
        examples: &[Example { sql: "stringJaccardIndexUTF8('école', 'école')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float64,
    read: index,
};

fn index(left: &[u8], right: &[u8]) -> Result<f64> {
    fn letters(text: &[u8]) -> HashSet<Vec<u8>> {
        characters(text).map(<[u8]>::to_vec).collect()
    }
    let (left, right) = (letters(left), letters(right));
    if left.is_empty() && right.is_empty() {
        return Ok(0.0);
    }
    let both = left.intersection(&right).count() as f64;
    Ok(both / ((left.len() + right.len()) as f64 - both))
}
