//! `damerauLevenshteinDistance`: the distance between two texts in bytes where neighbours may change places.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static DAMERAU_LEVENSHTEIN_DISTANCE: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "damerauLevenshteinDistance",
        category: "string",
        syntax: "damerauLevenshteinDistance(left, right)",
        summary: "The distance between two texts in bytes where neighbours may change places.",
        arguments: &[("left", "String"), ("right", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "damerauLevenshteinDistance('ab', 'ba')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |left, right| super::edits::damerau("damerauLevenshteinDistance", left, right),
};
