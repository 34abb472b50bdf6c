//! `distinctDynamicTypes`: the names of the types that occur among Dynamic values, sorted.

use std::sync::Arc;

use kinglet_types::Result;

use super::distinct_paths::{Gathers, bind};
use super::{Aggregate, Bound, Call, Empty};
use crate::function::{Example, Spec};

pub(super) struct DistinctDynamicTypes;

static SPEC: Spec = Spec {
    name: "distinctDynamicTypes",
    category: "aggregate",
    syntax: "distinctDynamicTypes(value)",
    summary: "The names of the types that occur among Dynamic values, sorted.",
    arguments: &[("value", "Dynamic")],
    returns: "Array(String)",
    examples: &[Example {
        sql: "SELECT distinctDynamicTypes(d) FROM (SELECT arrayJoin([materialize(1)::Dynamic, 'a'::Dynamic]) AS d)",
        answer: "['String','UInt8']",
    }],
    ..Spec::EMPTY
};

impl Aggregate for DistinctDynamicTypes {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Gathers::Types)
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}
