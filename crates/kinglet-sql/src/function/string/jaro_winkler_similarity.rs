//! `jaroWinklerSimilarity`: the similarity of Jaro and Winkler of two texts, from 0 to 1.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::{ChType, Result};

pub(in crate::function) static JARO_WINKLER_SIMILARITY: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "jaroWinklerSimilarity",
        category: "string",
        syntax: "jaroWinklerSimilarity(left, right)",
        summary: "The similarity of Jaro and Winkler of two texts, from 0 to 1.",
        arguments: &[("left", "String"), ("right", "String")],
        returns: "Float64",
        examples: &[Example {
            sql: "jaroWinklerSimilarity('martha', 'marhta')",
            answer: "0.9611111111111111",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::Float64,
    read: similarity,
};

fn similarity(left: &[u8], right: &[u8]) -> Result<f64> {
    let jaro = super::edits::jaro(left, right);
    let prefix = left.iter().zip(right).take(4).take_while(|(left, right)| left == right).count();
    Ok(if jaro > 0.7 { jaro + 0.1 * prefix as f64 * (1.0 - jaro) } else { jaro })
}
