//! `tgamma`: the gamma function.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static TGAMMA: NumberMap = NumberMap {
    spec: &Spec {
        name: "tgamma",
        category: "math",
        syntax: "tgamma(number)",
        summary: "The gamma function.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "tgamma(5)", answer: "24" }],
        ..Spec::EMPTY
    },
    map: libm::tgamma,
};
