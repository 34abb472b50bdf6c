//! `subtractInterval`: an interval less another, each unit for itself.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static SUBTRACT_INTERVAL: Composite = Composite {
    spec: &Spec {
        name: "subtractInterval",
        category: "date",
        syntax: "subtractInterval(interval, other)",
        summary: "An interval less another, each unit for itself.",
        arguments: &[("interval", "Interval or Tuple of intervals"), ("other", "Interval")],
        returns: "Tuple of intervals",
        examples: &[Example { sql: "subtractInterval(INTERVAL 1 DAY, INTERVAL 2 HOUR)", answer: "(1,-2)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [interval, other] = args else { return composer.sum(Vec::new()) };
        super::interval_tuple::joined(composer, interval, other, "minus")
    },
};
