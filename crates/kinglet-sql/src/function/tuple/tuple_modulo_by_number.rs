//! `tupleModuloByNumber`: the remainders of the elements of a tuple and a number.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_MODULO_BY_NUMBER: Composite = Composite {
    spec: &Spec {
        name: "tupleModuloByNumber",
        category: "tuple",
        syntax: "tupleModuloByNumber(tuple, number)",
        summary: "The remainders of the elements of a tuple and a number.",
        arguments: &[("tuple", "Tuple"), ("number", "Number")],
        returns: "Tuple",
        examples: &[Example { sql: "tupleModuloByNumber((10, 20), 3)", answer: "(1,2)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [tuple, number] = args else { return composer.tuple(Vec::new()) };
        let fields = composer.fields(tuple, 0)?;
        composer.tuple(
            fields.iter().map(|field| composer.apply("modulo", &[field, number])).collect::<Result<_>>()?,
        )
    },
};
