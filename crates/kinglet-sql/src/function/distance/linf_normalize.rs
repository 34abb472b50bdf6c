//! `LinfNormalize`: the tuple divided by its norm.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static LINF_NORMALIZE: Composite = Composite {
    spec: &Spec {
        name: "LinfNormalize",
        aliases: &["normalizeLinf"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "LinfNormalize(tuple)",
        summary: "The tuple divided by its norm.",
        arguments: &[("tuple", "Tuple of numbers")],
        returns: "Tuple of Float64",
        examples: &[Example { sql: "LinfNormalize((3, 4))", answer: "(0.75,1)" }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| super::measure::normalize(composer, args, Measure::Greatest),
};
