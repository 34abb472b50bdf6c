//! `distinctJSONPathsAndTypes`: the paths that occur in JSON values with the names of the types they have, sorted.

use std::sync::Arc;

use kinglet_types::Result;

use super::distinct_paths::{Gathers, bind};
use super::{Aggregate, Bound, Call, Empty};
use crate::function::{Example, Spec};

pub(super) struct DistinctJsonPathsAndTypes;

static SPEC: Spec = Spec {
    name: "distinctJSONPathsAndTypes",
    category: "aggregate",
    syntax: "distinctJSONPathsAndTypes(json)",
    summary: "The paths that occur in JSON values with the names of the types they have, sorted.",
    arguments: &[("json", "JSON")],
    returns: "Map(String, Array(String))",
    examples: &[Example {
        sql: "SELECT distinctJSONPathsAndTypes(j) FROM (SELECT arrayJoin(['{\"a\":1}', '{\"a\":\"x\"}'])::JSON AS j)",
        answer: "{'a':['Int64','String']}",
    }],
    ..Spec::EMPTY
};

impl Aggregate for DistinctJsonPathsAndTypes {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Gathers::PathsAndTypes)
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}
