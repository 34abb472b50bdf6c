//! `tanh`: the hyperbolic tangent.

use crate::function::shape::NumberMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static TANH: NumberMap = NumberMap {
    spec: &Spec {
        name: "tanh",
        case: Case::Insensitive,
        category: "math",
        syntax: "tanh(number)",
        summary: "The hyperbolic tangent.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "tanh(0)", answer: "0" }],
        ..Spec::EMPTY
    },
    map: libm::tanh,
};
