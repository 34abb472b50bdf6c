//! `L1Norm`: the sum of the absolute values.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static L1_NORM: Composite = Composite {
    spec: &Spec {
        name: "L1Norm",
        aliases: &["normL1"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "L1Norm(vector)",
        summary: "The sum of the absolute values.",
        arguments: &[("vector", "Tuple or Array of numbers")],
        returns: "Number",
        examples: &[Example { sql: "L1Norm((1, 2))", answer: "3" }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| super::measure::norm(composer, args, Measure::Sum),
};
