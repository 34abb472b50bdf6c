//! `emptyArrayFloat64`: an empty array of Float64.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_FLOAT64: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayFloat64",
        category: "array",
        syntax: "emptyArrayFloat64()",
        summary: "An empty array of Float64.",
        arguments: &[],
        returns: "Array(Float64)",
        examples: &[Example { sql: "emptyArrayFloat64()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float64,
};
