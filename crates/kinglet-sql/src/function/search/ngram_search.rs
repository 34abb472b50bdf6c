//! `ngramSearch`: how much of the needle is in the text by its pieces of four bytes, from 0 to 1 (all).

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static NGRAM_SEARCH: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "ngramSearch",
        category: "search",
        syntax: "ngramSearch(text, needle)",
        summary: "How much of the needle is in the text by its pieces of four bytes, from 0 to 1 (all).",
        arguments: &[("text", "String"), ("needle", "String")],
        returns: "Float32",
        examples: &[Example { sql: "ngramSearch('ClickHouse', 'ClickHome')", answer: "0.6666666" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float32,
    read: |text, needle| Ok(super::pieces::compare(text, needle, false, false, false)),
};
