//! `JSONSharedDataPathsWithTypes`: the paths of a JSON value beyond max_dynamic_paths, with the names of their types.

use super::paths::{Which, paths};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonSharedDataPathsWithTypes;

static SPEC: Spec = Spec {
    name: "JSONSharedDataPathsWithTypes",
    category: "json",
    syntax: "JSONSharedDataPathsWithTypes(json)",
    summary: "The paths of a JSON value beyond max_dynamic_paths, with the names of their types.",
    arguments: &[("json", "JSON")],
    returns: "Map(String, String)",
    examples: &[Example {
        sql: "JSONSharedDataPathsWithTypes('{\"a\":1,\"b\":\"x\"}'::JSON(max_dynamic_paths=1))",
        answer: "{'b':'String'}",
    }],
    ..Spec::EMPTY
};

impl Function for JsonSharedDataPathsWithTypes {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Json(_)))?;
        Ok(ChType::map(ChType::String, ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        paths(call, Which::Shared)
    }
}
