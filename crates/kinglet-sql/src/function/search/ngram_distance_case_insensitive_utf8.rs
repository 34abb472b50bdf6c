//! `ngramDistanceCaseInsensitiveUTF8`: the distance between two texts by their pieces of four bytes, from 0 (alike) to 1; letters in any case; by pieces of three characters.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static NGRAM_DISTANCE_CASE_INSENSITIVE_UTF8: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "ngramDistanceCaseInsensitiveUTF8",
        category: "search",
        syntax: "ngramDistanceCaseInsensitiveUTF8(text, needle)",
        summary: "The distance between two texts by their pieces of four bytes, from 0 (alike) to 1; letters in any case; by pieces of three characters.",
        arguments: &[("text", "String"), ("needle", "String")],
        returns: "Float32",
        examples: &[Example {
            sql: "ngramDistanceCaseInsensitiveUTF8('ClickHouse', 'ClickHome')",
            answer: "0.33333334",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::Float32,
    read: |text, needle| Ok(super::pieces::compare(text, needle, true, true, true)),
};
