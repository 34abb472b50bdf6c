//! `clamp`: the value, but not below one bound or above another.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};
use kinglet_types::{ErrorCode, SqlError};

pub(in crate::function) static CLAMP: Composite = Composite {
    spec: &Spec {
        name: "clamp",
        category: "other",
        syntax: "clamp(value, low, high)",
        summary: "The value, but not below one bound or above another.",
        arguments: &[("value", "Any type"), ("low", "bound"), ("high", "bound")],
        returns: "The common type",
        examples: &[Example { sql: "clamp(5, 1, 3)", answer: "3" }],
        ..Spec::EMPTY
    },
    count: 3..=3,
    compose: |composer, args| {
        let [value, low, high] = args else { return composer.sum(Vec::new()) };
        let wrong = composer.apply("greater", &[low, high])?;
        if (0..wrong.array.len()).any(|row| crate::text::int_at(&wrong.array, row) != 0) {
            let message = "The minimum value cannot be greater than the maximum value for function clamp";
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let raised = composer.apply("greatest", &[value, low])?;
        composer.apply("least", &[&raised, high])
    },
};
