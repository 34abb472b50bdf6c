//! `atanh`: the inverse hyperbolic tangent.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static ATANH: NumberMap = NumberMap {
    spec: &Spec {
        name: "atanh",
        category: "math",
        syntax: "atanh(number)",
        summary: "The inverse hyperbolic tangent.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "atanh(0)", answer: "0" }],
        ..Spec::EMPTY
    },
    map: libm::atanh,
};
