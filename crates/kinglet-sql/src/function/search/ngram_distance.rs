//! `ngramDistance`: the distance between two texts by their pieces of four bytes, from 0 (alike) to 1.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static NGRAM_DISTANCE: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "ngramDistance",
        category: "search",
        syntax: "ngramDistance(text, needle)",
        summary: "The distance between two texts by their pieces of four bytes, from 0 (alike) to 1.",
        arguments: &[("text", "String"), ("needle", "String")],
        returns: "Float32",
        examples: &[Example { sql: "ngramDistance('ClickHouse', 'ClickHome')", answer: "0.3846154" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float32,
    read: |text, needle| Ok(super::pieces::compare(text, needle, true, false, false)),
};
