//! `emptyArrayFloat32`: an empty array of Float32.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_FLOAT32: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayFloat32",
        category: "array",
        syntax: "emptyArrayFloat32()",
        summary: "An empty array of Float32.",
        arguments: &[],
        returns: "Array(Float32)",
        examples: &[Example { sql: "emptyArrayFloat32()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::Float32,
};
