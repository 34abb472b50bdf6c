//! `JSONDynamicPathsWithTypes`: the paths of a JSON value that are columns of their own, with the names of their types.

use super::paths::{Which, paths};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonDynamicPathsWithTypes;

static SPEC: Spec = Spec {
    name: "JSONDynamicPathsWithTypes",
    category: "json",
    syntax: "JSONDynamicPathsWithTypes(json)",
    summary: "The paths of a JSON value that are columns of their own, with the names of their types.",
    arguments: &[("json", "JSON")],
    returns: "Map(String, String)",
    examples: &[Example {
        sql: "JSONDynamicPathsWithTypes('{\"a\":1,\"b\":{\"c\":\"x\"}}'::JSON)",
        answer: "{'a':'Int64','b.c':'String'}",
    }],
    ..Spec::EMPTY
};

impl Function for JsonDynamicPathsWithTypes {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Json(_)))?;
        Ok(ChType::map(ChType::String, ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        paths(call, Which::Dynamic)
    }
}
