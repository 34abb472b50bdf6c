//! `randCanonical`: A random number from 0 to 1.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_CANONICAL: Distribution = Distribution {
    spec: &Spec {
        name: "randCanonical",
        category: "random",
        syntax: "randCanonical([tag])",
        summary: "A random number from 0 to 1.",
        arguments: &[("tag", "Any value")],
        returns: "Float64",
        examples: &[Example { sql: "toTypeName(randCanonical())", answer: "Float64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 0,
    ty: ChType::Float64,
    wrong: |_, _| false,
    draw: |random, _, _| random.unit(),
};
