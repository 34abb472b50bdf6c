//! `distinctJSONPaths`: the paths that occur in JSON values, sorted.

use std::sync::Arc;

use kinglet_types::Result;

use super::distinct_paths::{Gathers, bind};
use super::{Aggregate, Bound, Call, Empty};
use crate::function::{Example, Spec};

pub(super) struct DistinctJsonPaths;

static SPEC: Spec = Spec {
    name: "distinctJSONPaths",
    category: "aggregate",
    syntax: "distinctJSONPaths(json)",
    summary: "The paths that occur in JSON values, sorted.",
    arguments: &[("json", "JSON")],
    returns: "Array(String)",
    examples: &[Example {
        sql: "SELECT distinctJSONPaths(j) FROM (SELECT arrayJoin(['{\"a\":1}', '{\"b\":{\"c\":1}}'])::JSON AS j)",
        answer: "['a','b.c']",
    }],
    ..Spec::EMPTY
};

impl Aggregate for DistinctJsonPaths {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Gathers::Paths)
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}
