//! `emptyArrayInt32`: an empty array of Int32.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_INT32: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayInt32",
        category: "array",
        syntax: "emptyArrayInt32()",
        summary: "An empty array of Int32.",
        arguments: &[],
        returns: "Array(Int32)",
        examples: &[Example { sql: "emptyArrayInt32()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::Int32,
};
