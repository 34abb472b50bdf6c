//! `L2Normalize`: the tuple divided by its norm.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static L2_NORMALIZE: Composite = Composite {
    spec: &Spec {
        name: "L2Normalize",
        aliases: &["normalizeL2"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "L2Normalize(tuple)",
        summary: "The tuple divided by its norm.",
        arguments: &[("tuple", "Tuple of numbers")],
        returns: "Tuple of Float64",
        examples: &[Example { sql: "L2Normalize((3, 4))", answer: "(0.6,0.8)" }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| super::measure::normalize(composer, args, Measure::Euclid),
};
