//! `randUniform`: A random number spread evenly between two bounds.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_UNIFORM: Distribution = Distribution {
    spec: &Spec {
        name: "randUniform",
        category: "random",
        syntax: "randUniform(low, high, [tag])",
        summary: "A random number spread evenly between two bounds.",
        arguments: &[("low", "Number, constant"), ("high", "Number, constant"), ("tag", "Any value")],
        returns: "Float64",
        examples: &[Example { sql: "toTypeName(randUniform(0, 1))", answer: "Float64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 2,
    ty: ChType::Float64,
    wrong: |a, b| a.is_nan() || b.is_nan() || a > b,
    draw: |random, a, b| a + (b - a) * random.unit(),
};
