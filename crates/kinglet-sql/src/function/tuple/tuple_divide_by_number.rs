//! `tupleDivideByNumber`: the quotients of the elements of a tuple and a number.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static TUPLE_DIVIDE_BY_NUMBER: Composite = Composite {
    spec: &Spec {
        name: "tupleDivideByNumber",
        category: "tuple",
        syntax: "tupleDivideByNumber(tuple, number)",
        summary: "The quotients of the elements of a tuple and a number.",
        arguments: &[("tuple", "Tuple"), ("number", "Number")],
        returns: "Tuple",
        examples: &[Example {
            sql: "tupleDivideByNumber((10, 20), 3)",
            answer: "(3.3333333333333335,6.666666666666667)",
        }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [tuple, number] = args else { return composer.tuple(Vec::new()) };
        let fields = composer.fields(tuple, 0)?;
        composer.tuple(
            fields.iter().map(|field| composer.apply("divide", &[field, number])).collect::<Result<_>>()?,
        )
    },
};
