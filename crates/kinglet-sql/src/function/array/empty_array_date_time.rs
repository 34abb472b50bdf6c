//! `emptyArrayDateTime`: an empty array of DateTime.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_DATE_TIME: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayDateTime",
        category: "array",
        syntax: "emptyArrayDateTime()",
        summary: "An empty array of DateTime.",
        arguments: &[],
        returns: "Array(DateTime)",
        examples: &[Example { sql: "emptyArrayDateTime()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::DateTime(None),
};
