//! `editDistance`: levenshtein's distance between two texts, in bytes.

use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EDIT_DISTANCE: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "editDistance",
        aliases: &["levenshteinDistance"],
        category: "string",
        syntax: "editDistance(left, right)",
        summary: "Levenshtein's distance between two texts, in bytes.",
        arguments: &[("left", "String"), ("right", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "editDistance('clickhouse', 'mouse')", answer: "6" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |left, right| super::edits::levenshtein("editDistance", left, right),
};
