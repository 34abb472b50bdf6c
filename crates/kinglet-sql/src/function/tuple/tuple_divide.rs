//! `tupleDivide`: the quotients of the elements of two tuples.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_DIVIDE: Composite = Composite {
    spec: &Spec {
        name: "tupleDivide",
        category: "tuple",
        syntax: "tupleDivide(left, right)",
        summary: "The quotients of the elements of two tuples.",
        arguments: &[("left", "Tuple"), ("right", "Tuple of the same length")],
        returns: "Tuple",
        examples: &[Example { sql: "tupleDivide((10, 20), (2, 3))", answer: "(5,6.666666666666667)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [left, right] = args else { return composer.tuple(Vec::new()) };
        let pairs = composer.pairs(left, right)?;
        composer.tuple(pairs.iter().map(|(a, b)| composer.apply("divide", &[a, b])).collect::<Result<_>>()?)
    },
};
