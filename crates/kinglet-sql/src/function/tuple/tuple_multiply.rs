//! `tupleMultiply`: the products of the elements of two tuples.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_MULTIPLY: Composite = Composite {
    spec: &Spec {
        name: "tupleMultiply",
        category: "tuple",
        syntax: "tupleMultiply(left, right)",
        summary: "The products of the elements of two tuples.",
        arguments: &[("left", "Tuple"), ("right", "Tuple of the same length")],
        returns: "Tuple",
        examples: &[Example { sql: "tupleMultiply((10, 20), (2, 3))", answer: "(20,60)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [left, right] = args else { return composer.tuple(Vec::new()) };
        let pairs = composer.pairs(left, right)?;
        composer.tuple(pairs.iter().map(|(a, b)| composer.apply("multiply", &[a, b])).collect::<Result<_>>()?)
    },
};
