//! `subDate`: the date less an interval.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static SUB_DATE: Composite = Composite {
    spec: &Spec {
        name: "subDate",
        category: "date",
        syntax: "subDate(date, interval)",
        summary: "The date less an interval.",
        arguments: &[("date", "Date or DateTime"), ("interval", "Interval")],
        returns: "The type of the difference",
        examples: &[Example { sql: "subDate(toDate('2024-03-01'), INTERVAL 1 MONTH)", answer: "2024-02-01" }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [a, b] = args else { return composer.sum(Vec::new()) };
        composer.apply("minus", &[a, b])
    },
};
