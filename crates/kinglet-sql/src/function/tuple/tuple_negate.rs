//! `tupleNegate`: the elements with the other sign.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_NEGATE: Composite = Composite {
    spec: &Spec {
        name: "tupleNegate",
        category: "tuple",
        syntax: "tupleNegate(tuple)",
        summary: "The elements with the other sign.",
        arguments: &[("tuple", "Tuple")],
        returns: "Tuple",
        examples: &[Example { sql: "tupleNegate((1, 2))", answer: "(-1,-2)" }],
        ..Spec::EMPTY
    },
    count: 1..=1,
    compose: |composer, args| {
        let [tuple] = args else { return composer.tuple(Vec::new()) };
        let fields = composer.fields(tuple, 0)?;
        composer.tuple(fields.iter().map(|field| composer.apply("negate", &[field])).collect::<Result<_>>()?)
    },
};
