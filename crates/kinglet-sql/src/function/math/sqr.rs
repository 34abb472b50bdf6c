//! `sqr`: the square.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static SQR: Composite = Composite {
    spec: &Spec {
        name: "sqr",
        category: "math",
        syntax: "sqr(x)",
        summary: "The square.",
        arguments: &[("x", "Number")],
        returns: "The type of x * x",
        examples: &[Example { sql: "sqr(3)", answer: "9" }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| {
        let [x] = args else { return composer.sum(Vec::new()) };
        composer.apply("multiply", &[x, x])
    },
};
