//! `divideOrNull`: the quotient as a float; NULL for a division by zero.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static DIVIDE_OR_NULL: Composite = Composite {
    spec: &Spec {
        name: "divideOrNull",
        category: "math",
        syntax: "divideOrNull(a, b)",
        summary: "The quotient as a float; NULL for a division by zero.",
        arguments: &[("a", "Number"), ("b", "Number")],
        returns: "Nullable(Float64)",
        examples: &[Example { sql: "divideOrNull(1, 0)", answer: "\\N" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::or_null::or_null(composer, args, "divide"),
};
