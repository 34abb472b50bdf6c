//! `randLogNormal`: A random number whose logarithm is normally distributed.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_LOG_NORMAL: Distribution = Distribution {
    spec: &Spec {
        name: "randLogNormal",
        category: "random",
        syntax: "randLogNormal(mean, deviation, [tag])",
        summary: "A random number whose logarithm is normally distributed.",
        arguments: &[("mean", "Number, constant"), ("deviation", "Number, constant"), ("tag", "Any value")],
        returns: "Float64",
        examples: &[Example { sql: "toTypeName(randLogNormal(1, 1))", answer: "Float64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 2,
    ty: ChType::Float64,
    wrong: |_, b| b.is_nan() || b <= 0.0,
    draw: |random, a, b| (a + b * random.normal()).exp(),
};
