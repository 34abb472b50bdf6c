//! `LinfNorm`: the greatest absolute value.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static LINF_NORM: Composite = Composite {
    spec: &Spec {
        name: "LinfNorm",
        aliases: &["normLinf"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "LinfNorm(vector)",
        summary: "The greatest absolute value.",
        arguments: &[("vector", "Tuple or Array of numbers")],
        returns: "Number",
        examples: &[Example { sql: "LinfNorm((1, -3))", answer: "3" }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| super::measure::norm(composer, args, Measure::Greatest),
};
