//! `addDate`: the date and an interval added.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static ADD_DATE: Composite = Composite {
    spec: &Spec {
        name: "addDate",
        category: "date",
        syntax: "addDate(date, interval)",
        summary: "The date and an interval added.",
        arguments: &[("date", "Date or DateTime"), ("interval", "Interval")],
        returns: "The type of the sum",
        examples: &[Example { sql: "addDate(toDate('2024-02-28'), INTERVAL 2 DAY)", answer: "2024-03-01" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [a, b] = args else { return composer.sum(Vec::new()) };
        composer.apply("plus", &[a, b])
    },
};
