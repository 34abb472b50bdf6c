//! `emptyArrayUInt32`: an empty array of UInt32.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_UINT32: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayUInt32",
        category: "array",
        syntax: "emptyArrayUInt32()",
        summary: "An empty array of UInt32.",
        arguments: &[],
        returns: "Array(UInt32)",
        examples: &[Example { sql: "emptyArrayUInt32()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt32,
};
