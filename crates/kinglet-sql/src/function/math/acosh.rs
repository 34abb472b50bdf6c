//! `acosh`: the inverse hyperbolic cosine.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static ACOSH: NumberMap = NumberMap {
    spec: &Spec {
        name: "acosh",
        category: "math",
        syntax: "acosh(number)",
        summary: "The inverse hyperbolic cosine.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "acosh(1)", answer: "0" }],
        ..Spec::EMPTY
    },
    map: libm::acosh,
};
