//! `editDistanceUTF8`: levenshtein's distance between two texts, in characters.

use super::characters::characters;
use crate::function::shape::TextPairNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EDIT_DISTANCE_UTF8: TextPairNumber = TextPairNumber {
    spec: &Spec {
        name: "editDistanceUTF8",
        aliases: &["levenshteinDistanceUTF8"],
        category: "string",
        syntax: "editDistanceUTF8(left, right)",
        summary: "Levenshtein's distance between two texts, in characters.",
        arguments: &[("left", "String"), ("right", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "editDistanceUTF8('école', 'ecole')", answer: "1" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |left, right| {
        let (left, right): (Vec<_>, Vec<_>) = (characters(left).collect(), characters(right).collect());
        super::edits::levenshtein("editDistanceUTF8", &left, &right)
    },
};
