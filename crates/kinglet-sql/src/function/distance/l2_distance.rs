//! `L2Distance`: the Euclidean distance.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static L2_DISTANCE: Composite = Composite {
    spec: &Spec {
        name: "L2Distance",
        aliases: &["distanceL2"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "L2Distance(left, right)",
        summary: "The Euclidean distance.",
        arguments: &[("left", "Tuple or Array of numbers"), ("right", "as long a one")],
        returns: "Number",
        examples: &[Example { sql: "L2Distance([1, 2], [4, 6])", answer: "5" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::measure::distance(composer, args, Measure::Euclid),
};
