//! `LpNorm`: the p-th root of the sum of the p-th powers of the absolute values.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static LP_NORM: Composite = Composite {
    spec: &Spec {
        name: "LpNorm",
        aliases: &["normLp"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "LpNorm(vector, p)",
        summary: "The p-th root of the sum of the p-th powers of the absolute values.",
        arguments: &[("vector", "Tuple or Array of numbers"), ("p", "Number from 1, constant")],
        returns: "Float64",
        examples: &[Example { sql: "LpNorm((1, 2), 3)", answer: "2.080083823051904" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::measure::norm(composer, args, Measure::Power),
};
