//! `tupleMultiplyByNumber`: the products of the elements of a tuple and a number.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_MULTIPLY_BY_NUMBER: Composite = Composite {
    spec: &Spec {
        name: "tupleMultiplyByNumber",
        category: "tuple",
        syntax: "tupleMultiplyByNumber(tuple, number)",
        summary: "The products of the elements of a tuple and a number.",
        arguments: &[("tuple", "Tuple"), ("number", "Number")],
        returns: "Tuple",
        examples: &[Example { sql: "tupleMultiplyByNumber((10, 20), 3)", answer: "(30,60)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [tuple, number] = args else { return composer.tuple(Vec::new()) };
        let fields = composer.fields(tuple, 0)?;
        composer.tuple(
            fields.iter().map(|field| composer.apply("multiply", &[field, number])).collect::<Result<_>>()?,
        )
    },
};
