//! `emptyArrayDate`: an empty array of Date.

use super::empty_array::EmptyArray;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static EMPTY_ARRAY_DATE: EmptyArray = EmptyArray {
    spec: &Spec {
        name: "emptyArrayDate",
        category: "array",
        syntax: "emptyArrayDate()",
        summary: "An empty array of Date.",
        arguments: &[],
        returns: "Array(Date)",
        examples: &[Example { sql: "emptyArrayDate()", answer: "[]" }],
        ..Spec::EMPTY
    },
    ty: ChType::Date,
};
