//! `emptyArrayUInt8`: an empty array of UInt8.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_UINT8: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayUInt8",
        category: "array",
        syntax: "emptyArrayUInt8()",
        summary: "An empty array of UInt8.",
        arguments: &[],
        returns: "Array(UInt8)",
        examples: &[Example { sql: "emptyArrayUInt8()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt8,
};
