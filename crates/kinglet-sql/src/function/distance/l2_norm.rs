//! `L2Norm`: the Euclidean length.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static L2_NORM: Composite = Composite {
    spec: &Spec {
        name: "L2Norm",
        aliases: &["normL2"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "L2Norm(vector)",
        summary: "The Euclidean length.",
        arguments: &[("vector", "Tuple or Array of numbers")],
        returns: "Number",
        examples: &[Example { sql: "L2Norm((3, 4))", answer: "5" }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| super::measure::norm(composer, args, Measure::Euclid),
};
