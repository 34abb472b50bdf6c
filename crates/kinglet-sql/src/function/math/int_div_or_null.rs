//! `intDivOrNull`: the quotient cut to a whole number; NULL for a division by zero.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static INT_DIV_OR_NULL: Composite = Composite {
    spec: &Spec {
        name: "intDivOrNull",
        category: "math",
        syntax: "intDivOrNull(a, b)",
        summary: "The quotient cut to a whole number; NULL for a division by zero.",
        arguments: &[("a", "Number"), ("b", "Number")],
        returns: "Nullable of an integer",
        examples: &[Example { sql: "intDivOrNull(1, 0)", answer: "\\N" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::or_null::or_null(composer, args, "intDiv"),
};
