//! `cosh`: the hyperbolic cosine.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static COSH: NumberMap = NumberMap {
    spec: &Spec {
        name: "cosh",
        category: "math",
        syntax: "cosh(number)",
        summary: "The hyperbolic cosine.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "cosh(0)", answer: "1" }],
        ..Spec::EMPTY
    },
    map: libm::cosh,
};
