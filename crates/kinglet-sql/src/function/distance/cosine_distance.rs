//! `cosineDistance`: one minus the cosine of the angle between two vectors.

use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static COSINE_DISTANCE: Composite = Composite {
    spec: &Spec {
        name: "cosineDistance",
        aliases: &["distanceCosine"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "cosineDistance(left, right)",
        summary: "One minus the cosine of the angle between two vectors.",
        arguments: &[("left", "Tuple or Array of numbers"), ("right", "as long a one")],
        returns: "Float64",
        examples: &[Example { sql: "cosineDistance((1, 2), (2, 3))", answer: "0.007722123286332261" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: super::measure::cosine,
};
