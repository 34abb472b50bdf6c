//! `tupleIntDivOrZero`: the whole quotients, 0 where there is none, of the elements of two tuples.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_INT_DIV_OR_ZERO: Composite = Composite {
    spec: &Spec {
        name: "tupleIntDivOrZero",
        category: "tuple",
        syntax: "tupleIntDivOrZero(left, right)",
        summary: "The whole quotients, 0 where there is none, of the elements of two tuples.",
        arguments: &[("left", "Tuple"), ("right", "Tuple of the same length")],
        returns: "Tuple",
        examples: &[Example { sql: "tupleIntDivOrZero((10, 20), (2, 3))", answer: "(5,6)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [left, right] = args else { return composer.tuple(Vec::new()) };
        let pairs = composer.pairs(left, right)?;
        composer
            .tuple(pairs.iter().map(|(a, b)| composer.apply("intDivOrZero", &[a, b])).collect::<Result<_>>()?)
    },
};
