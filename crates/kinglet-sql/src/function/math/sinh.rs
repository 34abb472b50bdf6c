//! `sinh`: the hyperbolic sine.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static SINH: NumberMap = NumberMap {
    spec: &Spec {
        name: "sinh",
        category: "math",
        syntax: "sinh(number)",
        summary: "The hyperbolic sine.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "sinh(0)", answer: "0" }],
        ..Spec::EMPTY
    },
    map: libm::sinh,
};
