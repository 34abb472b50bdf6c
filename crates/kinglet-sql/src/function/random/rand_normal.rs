//! `randNormal`: A random number of the normal distribution.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_NORMAL: Distribution = Distribution {
    spec: &Spec {
        name: "randNormal",
        category: "random",
        syntax: "randNormal(mean, deviation, [tag])",
        summary: "A random number of the normal distribution.",
        arguments: &[("mean", "Number, constant"), ("deviation", "Number, constant"), ("tag", "Any value")],
        returns: "Float64",
        examples: &[Example { sql: "toTypeName(randNormal(1, 1))", answer: "Float64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 2,
    ty: ChType::Float64,
    wrong: |_, b| b.is_nan() || b <= 0.0,
    draw: |random, a, b| a + b * random.normal(),
};
