//! `LinfDistance`: the greatest absolute difference.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static LINF_DISTANCE: Composite = Composite {
    spec: &Spec {
        name: "LinfDistance",
        aliases: &["distanceLinf"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "LinfDistance(left, right)",
        summary: "The greatest absolute difference.",
        arguments: &[("left", "Tuple or Array of numbers"), ("right", "as long a one")],
        returns: "Number",
        examples: &[Example { sql: "LinfDistance((1, 2), (2, 5))", answer: "3" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::measure::distance(composer, args, Measure::Greatest),
};
