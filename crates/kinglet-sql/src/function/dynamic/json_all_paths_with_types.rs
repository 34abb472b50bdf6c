//! `JSONAllPathsWithTypes`: all paths of a JSON value with the names of their types.

use super::paths::{Which, paths};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonAllPathsWithTypes;

static SPEC: Spec = Spec {
    name: "JSONAllPathsWithTypes",
    category: "json",
    syntax: "JSONAllPathsWithTypes(json)",
    summary: "All paths of a JSON value with the names of their types.",
    arguments: &[("json", "JSON")],
    returns: "Map(String, String)",
    examples: &[Example {
        sql: "JSONAllPathsWithTypes('{\"a\":1,\"b\":{\"c\":\"x\"}}'::JSON)",
        answer: "{'a':'Int64','b.c':'String'}",
    }],
    ..Spec::EMPTY
};

impl Function for JsonAllPathsWithTypes {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Json(_)))?;
        Ok(ChType::map(ChType::String, ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        paths(call, Which::All)
    }
}
