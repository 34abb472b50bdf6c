//! `lgamma`: the logarithm of the gamma function.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static LGAMMA: NumberMap = NumberMap {
    spec: &Spec {
        name: "lgamma",
        category: "math",
        syntax: "lgamma(number)",
        summary: "The logarithm of the gamma function.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "lgamma(1)", answer: "0" }],
        ..Spec::EMPTY
    },
    map: |number| if number == f64::NEG_INFINITY { f64::INFINITY } else { libm::lgamma(number) },
};
