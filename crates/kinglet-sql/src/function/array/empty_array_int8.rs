//! `emptyArrayInt8`: an empty array of Int8.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_INT8: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayInt8",
        category: "array",
        syntax: "emptyArrayInt8()",
        summary: "An empty array of Int8.",
        arguments: &[],
        returns: "Array(Int8)",
        examples: &[Example { sql: "emptyArrayInt8()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::Int8,
};
