//! `L2SquaredNorm`: the square of the Euclidean length.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static L2_SQUARED_NORM: Composite = Composite {
    spec: &Spec {
        name: "L2SquaredNorm",
        aliases: &["normL2Squared"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "L2SquaredNorm(vector)",
        summary: "The square of the Euclidean length.",
        arguments: &[("vector", "Tuple or Array of numbers")],
        returns: "Number",
        examples: &[Example { sql: "L2SquaredNorm((3, 4))", answer: "25" }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| super::measure::norm(composer, args, Measure::EuclidSquared),
};
