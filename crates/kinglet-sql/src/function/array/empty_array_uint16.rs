//! `emptyArrayUInt16`: an empty array of UInt16.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_UINT16: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayUInt16",
        category: "array",
        syntax: "emptyArrayUInt16()",
        summary: "An empty array of UInt16.",
        arguments: &[],
        returns: "Array(UInt16)",
        examples: &[Example { sql: "emptyArrayUInt16()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt16,
};
