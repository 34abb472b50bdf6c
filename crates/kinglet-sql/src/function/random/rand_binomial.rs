//! `randBinomial`: A random number of the binomial distribution.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_BINOMIAL: Distribution = Distribution {
    spec: &Spec {
        name: "randBinomial",
        category: "random",
        syntax: "randBinomial(experiments, probability, [tag])",
        summary: "A random number of the binomial distribution.",
        arguments: &[
            ("experiments", "Number, constant"),
            ("probability", "Number, constant"),
            ("tag", "Any value"),
        ],
        returns: "UInt64",
        examples: &[Example { sql: "toTypeName(randBinomial(2, 0.5))", answer: "UInt64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 2,
    ty: ChType::UInt64,
    wrong: |a, b| !(0.0..=1.0).contains(&b) || a < 0.0,
    draw: |random, a, b| (0..(a as u64).min(1 << 20)).filter(|_| random.unit() < b).count() as f64,
};
