//! `tuplePlus`: the sums of the elements of two tuples.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_PLUS: Composite = Composite {
    spec: &Spec {
        name: "tuplePlus",
        aliases: &["vectorSum"],
        category: "tuple",
        syntax: "tuplePlus(left, right)",
        summary: "The sums of the elements of two tuples.",
        arguments: &[("left", "Tuple"), ("right", "Tuple of the same length")],
        returns: "Tuple",
        examples: &[Example { sql: "tuplePlus((10, 20), (2, 3))", answer: "(12,23)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [left, right] = args else { return composer.tuple(Vec::new()) };
        let pairs = composer.pairs(left, right)?;
        composer.tuple(pairs.iter().map(|(a, b)| composer.apply("plus", &[a, b])).collect::<Result<_>>()?)
    },
};
