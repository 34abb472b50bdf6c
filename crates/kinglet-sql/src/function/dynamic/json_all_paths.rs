//! `JSONAllPaths`: all paths of a JSON value, sorted.

use super::paths::{Which, paths};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonAllPaths;

static SPEC: Spec = Spec {
    name: "JSONAllPaths",
    category: "json",
    syntax: "JSONAllPaths(json)",
    summary: "All paths of a JSON value, sorted.",
    arguments: &[("json", "JSON")],
    returns: "Array(String)",
    examples: &[Example {
        sql: "JSONAllPaths('{\"a\":1,\"b\":{\"c\":\"x\"}}'::JSON)",
        answer: "['a','b.c']",
    }],
    ..Spec::EMPTY
};

impl Function for JsonAllPaths {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Json(_)))?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        paths(call, Which::All)
    }
}
