//! `tupleIntDivOrZeroByNumber`: the whole quotients, 0 where there is none, of the elements of a tuple and a number.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_INT_DIV_OR_ZERO_BY_NUMBER: Composite = Composite {
    spec: &Spec {
        name: "tupleIntDivOrZeroByNumber",
        category: "tuple",
        syntax: "tupleIntDivOrZeroByNumber(tuple, number)",
        summary: "The whole quotients, 0 where there is none, of the elements of a tuple and a number.",
        arguments: &[("tuple", "Tuple"), ("number", "Number")],
        returns: "Tuple",
        examples: &[Example { sql: "tupleIntDivOrZeroByNumber((10, 20), 3)", answer: "(3,6)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [tuple, number] = args else { return composer.tuple(Vec::new()) };
        let fields = composer.fields(tuple, 0)?;
        composer.tuple(
            fields
                .iter()
                .map(|field| composer.apply("intDivOrZero", &[field, number]))
                .collect::<Result<_>>()?,
        )
    },
};
