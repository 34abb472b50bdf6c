//! `ngramSearchUTF8`: how much of the needle is in the text by its pieces of four bytes, from 0 to 1 (all); by pieces of three characters.

use crate::function::shape::TextPairFloat;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static NGRAM_SEARCH_UTF8: TextPairFloat = TextPairFloat {
    spec: &Spec {
        name: "ngramSearchUTF8",
        category: "search",
        syntax: "ngramSearchUTF8(text, needle)",
        summary: "How much of the needle is in the text by its pieces of four bytes, from 0 to 1 (all); by pieces of three characters.",
        arguments: &[("text", "String"), ("needle", "String")],
        returns: "Float32",
        examples: &[Example { sql: "ngramSearchUTF8('ClickHouse', 'ClickHome')", answer: "0.71428573" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float32,
    read: |text, needle| Ok(super::pieces::compare(text, needle, false, false, true)),
};
