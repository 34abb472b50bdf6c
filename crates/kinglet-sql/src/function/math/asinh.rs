//! `asinh`: the inverse hyperbolic sine.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static ASINH: NumberMap = NumberMap {
    spec: &Spec {
        name: "asinh",
        category: "math",
        syntax: "asinh(number)",
        summary: "The inverse hyperbolic sine.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "asinh(0)", answer: "0" }],
        ..Spec::EMPTY
    },
    map: libm::asinh,
};
