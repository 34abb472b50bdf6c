//! `L1Normalize`: the tuple divided by its norm.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static L1_NORMALIZE: Composite = Composite {
    spec: &Spec {
        name: "L1Normalize",
        aliases: &["normalizeL1"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "L1Normalize(tuple)",
        summary: "The tuple divided by its norm.",
        arguments: &[("tuple", "Tuple of numbers")],
        returns: "Tuple of Float64",
        examples: &[Example {
            sql: "L1Normalize((3, 4))",
            answer: "(0.42857142857142855,0.5714285714285714)",
        }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| super::measure::normalize(composer, args, Measure::Sum),
};
