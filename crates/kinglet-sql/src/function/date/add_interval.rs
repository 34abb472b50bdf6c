//! `addInterval`: an interval and another added, each unit for itself.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static ADD_INTERVAL: Composite = Composite {
    spec: &Spec {
        name: "addInterval",
        category: "date",
        syntax: "addInterval(interval, other)",
        summary: "An interval and another added, each unit for itself.",
        arguments: &[("interval", "Interval or Tuple of intervals"), ("other", "Interval")],
        returns: "Tuple of intervals",
        examples: &[Example { sql: "addInterval(INTERVAL 1 DAY, INTERVAL 2 HOUR)", answer: "(1,2)" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [interval, other] = args else { return composer.sum(Vec::new()) };
        super::interval_tuple::joined(composer, interval, other, "plus")
    },
};
