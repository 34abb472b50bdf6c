//! `tupleConcat`: one tuple of the elements of all.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static TUPLE_CONCAT: Composite = Composite {
    spec: &Spec {
        name: "tupleConcat",
        category: "tuple",
        syntax: "tupleConcat(tuple, ..)",
        summary: "One tuple of the elements of all.",
        arguments: &[("tuple", "Tuples")],
        returns: "Tuple",
        examples: &[Example {
            sql: "tupleConcat((1, 2), ('a',), (true, false))",
            answer: "(1,2,'a',true,false)",
        }],
        ..Spec::EMPTY
    },
    count: 1..=usize::MAX,
    compose: |composer, args| {
        let mut all = Vec::new();
        for (at, arg) in args.iter().enumerate() {
            all.extend(composer.fields(arg, at)?);
        }
        composer.tuple(all)
    },
};
