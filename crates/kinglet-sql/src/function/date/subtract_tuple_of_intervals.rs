//! `subtractTupleOfIntervals`: the date less each interval of a tuple in order.

use crate::function::composite::Composite;
use crate::function::{Example, Spec};

pub(in crate::function) static SUBTRACT_TUPLE_OF_INTERVALS: Composite = Composite {
    spec: &Spec {
        name: "subtractTupleOfIntervals",
        category: "date",
        syntax: "subtractTupleOfIntervals(date, intervals)",
        summary: "The date less each interval of a tuple in order.",
        arguments: &[("date", "Date or DateTime"), ("intervals", "Tuple of intervals")],
        returns: "The type of the difference",
        examples: &[Example {
            sql: "subtractTupleOfIntervals(toDate('2018-01-01'), (INTERVAL 1 DAY, INTERVAL 1 YEAR))",
            answer: "2016-12-31",
        }],
        ..Spec::EMPTY
    },
    count: 2..=2,
    compose: |composer, args| {
        let [a, b] = args else { return composer.sum(Vec::new()) };
        composer.apply("minus", &[a, b])
    },
};
