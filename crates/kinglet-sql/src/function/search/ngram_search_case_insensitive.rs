//! `ngramSearchCaseInsensitive`: how much of the needle is in the text by its pieces of four bytes, from 0 to 1 (all); letters in any case.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static NGRAM_SEARCH_CASE_INSENSITIVE: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "ngramSearchCaseInsensitive",
        category: "search",
        syntax: "ngramSearchCaseInsensitive(text, needle)",
        summary: "How much of the needle is in the text by its pieces of four bytes, from 0 to 1 (all); letters in any case.",
        arguments: &[("text", "String"), ("needle", "String")],
        returns: "Float32",
        examples: &[Example {
            sql: "ngramSearchCaseInsensitive('ClickHouse', 'ClickHome')",
            answer: "0.6666666",
        }],
        ..Spec::EMPTY
    },
    ty: ChType::Float32,
    read: |text, needle| Ok(super::pieces::compare(text, needle, false, true, false)),
};
