//! `randStudentT`: A random number of Student's t distribution.

use super::distribution::Distribution;
use crate::function::{Example, Spec, Stability};
use kinglet_types::ChType;

pub(in crate::function) static RAND_STUDENT_T: Distribution = Distribution {
    spec: &Spec {
        name: "randStudentT",
        category: "random",
        syntax: "randStudentT(degrees, [tag])",
        summary: "A random number of Student's t distribution.",
        arguments: &[("degrees", "Number, constant"), ("tag", "Any value")],
        returns: "Float64",
        examples: &[Example { sql: "toTypeName(randStudentT(2))", answer: "Float64" }],
        stability: Stability::PerRow,
        ..Spec::EMPTY
    },
    parameters: 1,
    ty: ChType::Float64,
    wrong: |a, _| a.is_nan() || a <= 0.0,
    draw: |random, a, _| random.normal() / (2.0 * random.gamma(a / 2.0) / a).sqrt(),
};
