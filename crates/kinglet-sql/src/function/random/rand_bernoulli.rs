//! `randBernoulli`: A random number 1 with a probability, else 0.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_BERNOULLI: Distribution = Distribution {
    spec: &Spec {
        name: "randBernoulli",
        category: "random",
        syntax: "randBernoulli(probability, [tag])",
        summary: "A random number 1 with a probability, else 0.",
        arguments: &[("probability", "Number, constant"), ("tag", "Any value")],
        returns: "UInt8",
        examples: &[Example { sql: "toTypeName(randBernoulli(0.5))", answer: "UInt8" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 1,
    ty: ChType::UInt8,
    wrong: |a, _| !(0.0..=1.0).contains(&a),
    draw: |random, a, _| f64::from(u8::from(random.unit() < a)),
};
