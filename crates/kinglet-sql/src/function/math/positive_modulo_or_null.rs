//! `positiveModuloOrNull`: the remainder that is not negative; NULL for a division by zero.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static POSITIVE_MODULO_OR_NULL: Composite = Composite {
    spec: &Spec {
        name: "positiveModuloOrNull",
        aliases: &["positive_modulo_or_null", "pmodOrNull"],
        category: "math",
        syntax: "positiveModuloOrNull(a, b)",
        summary: "The remainder that is not negative; NULL for a division by zero.",
        arguments: &[("a", "Number"), ("b", "Number")],
        returns: "Nullable of a number",
        examples: &[Example { sql: "positiveModuloOrNull(-7, 3)", answer: "2" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::or_null::or_null(composer, args, "positiveModulo"),
};
