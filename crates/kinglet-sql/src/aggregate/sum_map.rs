//! `sumMap`: `sum` key by key.

use std::sync::Arc;

use kinglet_types::Result;

use super::{Aggregate, Bound, Call, Empty, key_wise};
use crate::function::{Example, Spec};

pub(super) struct SumMap;

static SPEC: Spec = Spec {
    name: "sumMap",
    aliases: &["sumMappedArrays"],
    category: "aggregate",
    syntax: "sumMap(keys, values, ..) or sumMap(map)",
    summary: "`sum` of the values that stand at the same key, keys in their order.",
    arguments: &[
        ("keys", "Array"),
        ("values", "Arrays of the same lengths"),
        ("map", "Map, or a tuple of the arrays"),
    ],
    returns: "A tuple of arrays, or a Map.",
    examples: &[Example {
        sql: "SELECT sumMap(['a', 'b'], [number + 1, number + 5]) FROM numbers(2)",
        answer: "(['a','b'],[3,11])",
    }],
    ..Spec::EMPTY
};

impl Aggregate for SumMap {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        key_wise::bind(call, "sum", true)
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

/// `sumMapWithOverflow`: the sums in the types of the values.
pub(super) static MEMBERS: &[super::family::Member] = &[
    super::family::Member::new(
        &Spec {
            name: "sumMapWithOverflow",
            category: "aggregate",
            syntax: "sumMapWithOverflow(keys, values, ..)",
            summary: "`sumWithOverflow` of the values that stand at the same key, keys in their order.",
            arguments: &[("keys", "Array"), ("values", "Arrays of the same lengths")],
            returns: "A tuple of arrays, or a Map.",
            examples: &[Example {
                sql: "SELECT sumMapWithOverflow(['a', 'b'], [number + 1, number + 5]) FROM numbers(2)",
                answer: "(['a','b'],[3,11])",
            }],
            ..Spec::EMPTY
        },
        |call| key_wise::bind(call, "sumWithOverflow", true),
    )
    .or_default(),
    filtered(
        &Spec {
            name: "sumMapFiltered",
            category: "aggregate",
            syntax: "sumMapFiltered(wanted)(keys, values, ..)",
            summary: "`sumMap` of the wanted keys alone.",
            arguments: &[
                ("wanted", "Array of keys, constant"),
                ("keys", "Array"),
                ("values", "Arrays of the same lengths"),
            ],
            returns: "A tuple of arrays.",
            examples: &[Example {
                sql: "SELECT sumMapFiltered([1, 3])([number, 3], [number, 2]) FROM numbers(4)",
                answer: "([1,3],[1,11])",
            }],
            ..Spec::EMPTY
        },
        |call| key_wise::bind_filtered(call, "sum", true, call.parameters.first()),
    ),
    filtered(
        &Spec {
            name: "sumMapFilteredWithOverflow",
            category: "aggregate",
            syntax: "sumMapFilteredWithOverflow(wanted)(keys, values, ..)",
            summary: "`sumMapWithOverflow` of the wanted keys alone.",
            arguments: &[
                ("wanted", "Array of keys, constant"),
                ("keys", "Array"),
                ("values", "Arrays of the same lengths"),
            ],
            returns: "A tuple of arrays.",
            examples: &[Example {
                sql: "SELECT sumMapFilteredWithOverflow([3])([3], [toUInt8(200)]) FROM numbers(2)",
                answer: "([3],[144])",
            }],
            ..Spec::EMPTY
        },
        |call| key_wise::bind_filtered(call, "sumWithOverflow", true, call.parameters.first()),
    ),
];

const fn filtered(
    spec: &'static Spec,
    bind: fn(&Call<'_>) -> Result<Arc<dyn Bound>>,
) -> super::family::Member {
    super::family::Member::new(spec, bind).or_default()
}
