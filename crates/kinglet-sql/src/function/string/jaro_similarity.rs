//! `jaroSimilarity`: jaro's similarity of two texts, from 0 to 1.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static JARO_SIMILARITY: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "jaroSimilarity",
        category: "string",
        syntax: "jaroSimilarity(left, right)",
        summary: "Jaro's similarity of two texts, from 0 to 1.",
        arguments: &[("left", "String"), ("right", "String")],
        returns: "Float64",
        examples: &[Example { sql: "jaroSimilarity('martha', 'marhta')", answer: "0.9444444444444444" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float64,
    read: |left, right| Ok(super::edits::jaro(left, right)),
};
