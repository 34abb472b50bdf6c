//! `log1p`: the natural logarithm of one plus the number.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static LOG1P: NumberMap = NumberMap {
    spec: &Spec {
        name: "log1p",
        category: "math",
        syntax: "log1p(number)",
        summary: "The natural logarithm of one plus the number.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "log1p(0)", answer: "0" }],
        ..Spec::EMPTY
    },
    map: libm::log1p,
};
