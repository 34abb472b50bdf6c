//! `emptyArrayUInt64`: an empty array of UInt64.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_UINT64: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayUInt64",
        category: "array",
        syntax: "emptyArrayUInt64()",
        summary: "An empty array of UInt64.",
        arguments: &[],
        returns: "Array(UInt64)",
        examples: &[Example { sql: "emptyArrayUInt64()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
};
