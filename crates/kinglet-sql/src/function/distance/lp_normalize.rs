//! `LpNormalize`: the tuple divided by its norm.

use super::measure::Measure;
use crate::function::composite::Composite;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static LP_NORMALIZE: Composite = Composite {
    spec: &Spec {
        name: "LpNormalize",
        aliases: &["normalizeLp"],
        case: Case::Insensitive,
        category: "distance",
        syntax: "LpNormalize(tuple, p)",
        summary: "The tuple divided by its norm.",
        arguments: &[("tuple", "Tuple of numbers"), ("p", "Number from 1, constant")],
        returns: "Tuple of Float64",
        examples: &[Example {
            sql: "LpNormalize((3, 4), 5)",
            answer: "(0.7187302630182624,0.9583070173576831)",
        }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| super::measure::normalize(composer, args, Measure::Power),
};
