//! `moduloOrNull`: the remainder; NULL for a division by zero.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static MODULO_OR_NULL: Composite = Composite {
    spec: &Spec {
        name: "moduloOrNull",
        aliases: &["modOrNull"],
        category: "math",
        syntax: "moduloOrNull(a, b)",
        summary: "The remainder; NULL for a division by zero.",
        arguments: &[("a", "Number"), ("b", "Number")],
        returns: "Nullable of a number",
        examples: &[Example { sql: "moduloOrNull(7, 3)", answer: "1" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::or_null::or_null(composer, args, "modulo"),
};
