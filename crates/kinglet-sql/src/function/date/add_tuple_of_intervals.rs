//! `addTupleOfIntervals`: the date and each interval of a tuple added in order.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static ADD_TUPLE_OF_INTERVALS: Composite = Composite {
    spec: &Spec {
        name: "addTupleOfIntervals",
        category: "date",
        syntax: "addTupleOfIntervals(date, intervals)",
        summary: "The date and each interval of a tuple added in order.",
        arguments: &[("date", "Date or DateTime"), ("intervals", "Tuple of intervals")],
        returns: "The type of the sum",
        examples: &[Example {
            sql: "addTupleOfIntervals(toDate('2018-01-01'), (INTERVAL 1 DAY, INTERVAL 1 YEAR))",
            answer: "2019-01-02",
        }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [a, b] = args else { return composer.sum(Vec::new()) };
        composer.apply("plus", &[a, b])
    },
};
