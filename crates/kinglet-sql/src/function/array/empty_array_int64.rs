//! `emptyArrayInt64`: an empty array of Int64.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_INT64: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayInt64",
        category: "array",
        syntax: "emptyArrayInt64()",
        summary: "An empty array of Int64.",
        arguments: &[],
        returns: "Array(Int64)",
        examples: &[Example { sql: "emptyArrayInt64()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::Int64,
};
