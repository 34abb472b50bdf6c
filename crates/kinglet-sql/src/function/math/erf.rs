//! `erf`: the error function.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static ERF: NumberMap = NumberMap {
    spec: &Spec {
        name: "erf",
        category: "math",
        syntax: "erf(number)",
        summary: "The error function.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "erf(0)", answer: "0" }],
        ..Spec::EMPTY
    },
    map: libm::erf,
};
