//! `JSONDynamicPaths`: the paths of a JSON value that are columns of their own, without the typed ones.

use super::paths::{Which, paths};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonDynamicPaths;

static SPEC: Spec = Spec {
    name: "JSONDynamicPaths",
    category: "json",
    syntax: "JSONDynamicPaths(json)",
    summary: "The paths of a JSON value that are columns of their own, without the typed ones.",
    arguments: &[("json", "JSON")],
    returns: "Array(String)",
    examples: &[Example {
        sql: "JSONDynamicPaths('{\"a\":1,\"b\":{\"c\":\"x\"}}'::JSON)",
        answer: "['a','b.c']",
    }],
    ..Spec::EMPTY
};

impl Function for JsonDynamicPaths {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Json(_)))?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        paths(call, Which::Dynamic)
    }
}
