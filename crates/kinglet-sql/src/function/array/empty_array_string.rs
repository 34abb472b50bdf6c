//! `emptyArrayString`: an empty array of String.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_STRING: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayString",
        category: "array",
        syntax: "emptyArrayString()",
        summary: "An empty array of String.",
        arguments: &[],
        returns: "Array(String)",
        examples: &[Example { sql: "emptyArrayString()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::String,
};
