//! `LpDistance`: the p-th root of the sum of the p-th powers of the absolute differences.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static LP_DISTANCE: Composite = Composite {
    spec: &Spec {
        name: "LpDistance",
        aliases: &["distanceLp"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "LpDistance(left, right, p)",
        summary: "The p-th root of the sum of the p-th powers of the absolute differences.",
        arguments: &[
            ("left", "Tuple or Array of numbers"),
            ("right", "as long a one"),
            ("p", "Number from 1, constant"),
        ],
        returns: "Float64",
        examples: &[Example { sql: "LpDistance((1, 2), (2, 3), 3)", answer: "1.2599210498948732" }],
        ..Spec::EMPTY
    },
    count: 3..=3,
    compose: |composer, args| super::measure::distance(composer, args, Measure::Power),
};
