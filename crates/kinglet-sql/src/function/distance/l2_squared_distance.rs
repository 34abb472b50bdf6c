//! `L2SquaredDistance`: the square of the Euclidean distance.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static L2_SQUARED_DISTANCE: Composite = Composite {
    spec: &Spec {
        name: "L2SquaredDistance",
        aliases: &["distanceL2Squared"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "L2SquaredDistance(left, right)",
        summary: "The square of the Euclidean distance.",
        arguments: &[("left", "Tuple or Array of numbers"), ("right", "as long a one")],
        returns: "Number",
        examples: &[Example { sql: "L2SquaredDistance([1, 2], [4, 6])", answer: "25" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::measure::distance(composer, args, Measure::EuclidSquared),
};
