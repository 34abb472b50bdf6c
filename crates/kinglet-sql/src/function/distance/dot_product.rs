//! `dotProduct`: the sum of the products of the elements.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static DOT_PRODUCT: Composite = Composite {
    spec: &Spec {
        name: "dotProduct",
        aliases: &["scalarProduct", "arrayDotProduct"],
        category: "distance",
        syntax: "dotProduct(left, right)",
        summary: "The sum of the products of the elements.",
        arguments: &[("left", "Tuple or Array of numbers"), ("right", "as long a one")],
        returns: "Number",
        examples: &[
            Example { sql: "dotProduct((1, 2), (2, 3))", answer: "8" },
            Example { sql: "dotProduct([1, 2], [2, 3])", answer: "8" },
        ],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: super::measure::dot,
};
