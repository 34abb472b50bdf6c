//! `randPoisson`: A random number of the Poisson distribution.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_POISSON: Distribution = Distribution {
    spec: &Spec {
        name: "randPoisson",
        category: "random",
        syntax: "randPoisson(mean, [tag])",
        summary: "A random number of the Poisson distribution.",
        arguments: &[("mean", "Number, constant"), ("tag", "Any value")],
        returns: "UInt64",
        examples: &[Example { sql: "toTypeName(randPoisson(1))", answer: "UInt64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 1,
    ty: ChType::UInt64,
    wrong: |a, _| a.is_nan() || a <= 0.0,
    draw: |random, a, _| random.poisson(a) as f64,
};
