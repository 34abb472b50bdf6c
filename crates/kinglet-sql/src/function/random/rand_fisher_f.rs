//! `randFisherF`: A random number of the F distribution.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_FISHER_F: Distribution = Distribution {
    spec: &Spec {
        name: "randFisherF",
        category: "random",
        syntax: "randFisherF(first_degrees, second_degrees, [tag])",
        summary: "A random number of the F distribution.",
        arguments: &[
            ("first_degrees", "Number, constant"),
            ("second_degrees", "Number, constant"),
            ("tag", "Any value"),
        ],
        returns: "Float64",
        examples: &[Example { sql: "toTypeName(randFisherF(2, 2))", answer: "Float64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 2,
    ty: ChType::Float64,
    wrong: |a, b| !(a > 0.0 && b > 0.0),
    draw: |random, a, b| random.gamma(a / 2.0) / a / (random.gamma(b / 2.0) / b),
};
