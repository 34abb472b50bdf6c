//! `maxMap`: `max` key by key.

use std::sync::Arc;

use kinglet_types::Result;

use super::{Aggregate, Bound, Call, Empty, key_wise};
use crate::function::{Example, Spec};

pub(super) struct MaxMap;

static SPEC: Spec = Spec {
    name: "maxMap",
    aliases: &["maxMappedArrays"],
    category: "aggregate",
    syntax: "maxMap(keys, values, ..) or maxMap(map)",
    summary: "`max` of the values that stand at the same key, keys in their order.",
    arguments: &[
        ("keys", "Array"),
        ("values", "Arrays of the same lengths"),
        ("map", "Map, or a tuple of the arrays"),
    ],
    returns: "A tuple of arrays, or a Map.",
    examples: &[Example {
        sql: "SELECT maxMap(['a', 'b'], [number + 1, number + 5]) FROM numbers(2)",
        answer: "(['a','b'],[2,6])",
    }],
    ..Spec::EMPTY
};

impl Aggregate for MaxMap {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        key_wise::bind(call, "max", false)
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}
