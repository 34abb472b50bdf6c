//! `L1Distance`: the sum of the absolute differences.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static L1_DISTANCE: Composite = Composite {
    spec: &Spec {
        name: "L1Distance",
        aliases: &["distanceL1"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "L1Distance(left, right)",
        summary: "The sum of the absolute differences.",
        arguments: &[("left", "Tuple or Array of numbers"), ("right", "as long a one")],
        returns: "Number",
        examples: &[Example { sql: "L1Distance((1, 2), (2, 3))", answer: "2" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::measure::distance(composer, args, Measure::Sum),
};
