//! `sigmoid`: the logistic function: 1 / (1 + e^-x).

use crate::function::shape::NumberMap;
use crate::function::{Example, Spec};

pub(in crate::function) static SIGMOID: NumberMap = NumberMap {
    spec: &Spec {
        name: "sigmoid",
        category: "math",
        syntax: "sigmoid(number)",
        summary: "The logistic function: 1 / (1 + e^-x).",
        arguments: &[("number", "Number")],
        returns: "Float64",
        examples: &[Example { sql: "sigmoid(0)", answer: "0.5" }],
        ..Spec::EMPTY
    },
    map: |number| 1.0 / (1.0 + (-number).exp()),
};
