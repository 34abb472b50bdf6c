//! `ngramDistanceCaseInsensitive`: the distance between two texts by their pieces of four bytes, from 0 (alike) to 1; letters in any case.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static NGRAM_DISTANCE_CASE_INSENSITIVE: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "ngramDistanceCaseInsensitive",
        category: "search",
        syntax: "ngramDistanceCaseInsensitive(text, needle)",
        summary: "The distance between two texts by their pieces of four bytes, from 0 (alike) to 1; letters in any case.",
        arguments: &[("text", "String"), ("needle", "String")],
        returns: "Float32",
        examples: &[Example {
            sql: "ngramDistanceCaseInsensitive('ClickHouse', 'ClickHome')",
            answer: "0.3846154",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::Float32,
    read: |text, needle| Ok(super::pieces::compare(text, needle, true, true, false)),
};
