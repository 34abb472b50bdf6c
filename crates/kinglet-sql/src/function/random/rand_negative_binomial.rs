//! `randNegativeBinomial`: A random number of the negative binomial distribution.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_NEGATIVE_BINOMIAL: Distribution = Distribution {
    spec: &Spec {
        name: "randNegativeBinomial",
        category: "random",
        syntax: "randNegativeBinomial(experiments, probability, [tag])",
        summary: "A random number of the negative binomial distribution.",
        arguments: &[
            ("experiments", "Number, constant"),
            ("probability", "Number, constant"),
            ("tag", "Any value"),
        ],
        returns: "UInt64",
        examples: &[Example { sql: "toTypeName(randNegativeBinomial(2, 0.5))", answer: "UInt64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 2,
    ty: ChType::UInt64,
    wrong: |a, b| !(b > 0.0 && b <= 1.0) || a <= 0.0,
    draw: |random, a, b| {
        let mean = random.gamma(a) * (1.0 - b) / b;
        random.poisson(mean) as f64
    },
};
