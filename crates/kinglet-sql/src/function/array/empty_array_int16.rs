//! `emptyArrayInt16`: an empty array of Int16.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_INT16: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayInt16",
        category: "array",
        syntax: "emptyArrayInt16()",
        summary: "An empty array of Int16.",
        arguments: &[],
        returns: "Array(Int16)",
        examples: &[Example { sql: "emptyArrayInt16()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::Int16,
};
