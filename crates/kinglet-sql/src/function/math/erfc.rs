//! `erfc`: one minus the error function, exact for large numbers too.

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static ERFC: NumberMap = NumberMap {
    spec: &Spec {
        name: "erfc",
        category: "math",
        syntax: "erfc(number)",
        summary: "One minus the error function, exact for large numbers too.",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "erfc(0)", answer: "1" }],
        ..Spec::EMPTY
    },
    map: libm::erfc,
};
