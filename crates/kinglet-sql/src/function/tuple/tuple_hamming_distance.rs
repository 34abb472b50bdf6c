//! `tupleHammingDistance`: number of places where two tuples differ.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_HAMMING_DISTANCE: Composite = Composite {
    spec: &Spec {
        name: "tupleHammingDistance",
        category: "tuple",
        syntax: "tupleHammingDistance(left, right)",
        summary: "Number of places where two tuples differ.",
        arguments: &[("left", "Tuple"), ("right", "Tuple of the same length")],
        returns: "Unsigned integer",
        examples: &[Example { sql: "tupleHammingDistance((1, 2, 3), (3, 2, 1))", answer: "2" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [left, right] = args else { return composer.sum(Vec::new()) };
        let pairs = composer.pairs(left, right)?;
        composer.sum(pairs.iter().map(|(a, b)| composer.apply("notEquals", &[a, b])).collect::<Result<_>>()?)
    },
};
