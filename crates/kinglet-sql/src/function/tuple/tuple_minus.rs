//! `tupleMinus`: the differences of the elements of two tuples.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_MINUS: Composite = Composite {
    spec: &Spec {
        name: "tupleMinus",
        aliases: &["vectorDifference"],
        category: "tuple",
        syntax: "tupleMinus(left, right)",
        summary: "The differences of the elements of two tuples.",
        arguments: &[("left", "Tuple"), ("right", "Tuple of the same length")],
        returns: "Tuple",
        examples: &[Example { sql: "tupleMinus((10, 20), (2, 3))", answer: "(8,17)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [left, right] = args else { return composer.tuple(Vec::new()) };
        let pairs = composer.pairs(left, right)?;
        composer.tuple(pairs.iter().map(|(a, b)| composer.apply("minus", &[a, b])).collect::<Result<_>>()?)
    },
};
