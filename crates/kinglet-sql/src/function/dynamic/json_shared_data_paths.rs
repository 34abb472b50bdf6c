//! `JSONSharedDataPaths`: the paths of a JSON value beyond max_dynamic_paths.

use super::paths::{Which, paths};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonSharedDataPaths;

static SPEC: Spec = Spec {
    name: "JSONSharedDataPaths",
    category: "json",
    syntax: "JSONSharedDataPaths(json)",
    summary: "The paths of a JSON value beyond max_dynamic_paths.",
    arguments: &[("json", "JSON")],
    returns: "Array(String)",
    examples: &[Example {
        sql: "JSONSharedDataPaths('{\"a\":1,\"b\":\"x\"}'::JSON(max_dynamic_paths=1))",
        answer: "['b']",
    }],
    ..Spec::EMPTY
};

impl Function for JsonSharedDataPaths {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Json(_)))?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        paths(call, Which::Shared)
    }
}
