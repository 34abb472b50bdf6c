//! `randExponential`: A random number of the exponential distribution.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_EXPONENTIAL: Distribution = Distribution {
    spec: &Spec {
        name: "randExponential",
        category: "random",
        syntax: "randExponential(rate, [tag])",
        summary: "A random number of the exponential distribution.",
        arguments: &[("rate", "Number, constant"), ("tag", "Any value")],
        returns: "Float64",
        examples: &[Example { sql: "toTypeName(randExponential(2))", answer: "Float64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 1,
    ty: ChType::Float64,
    wrong: |a, _| a.is_nan() || a <= 0.0,
    draw: |random, a, _| -(1.0 - random.unit()).ln() / a,
};
