//! `nowInBlock`: the current time; here that of the query, as now() answers.

use crate::function::{Args, Call, Example, Function, Spec, Stability};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct NowInBlock;

static SPEC: Spec = Spec {
    name: "nowInBlock",
    category: "date",
    syntax: "nowInBlock([zone])",
    summary: "The current time; here that of the query, as now() answers.",
    arguments: &[("zone", "String, constant")],
    returns: "DateTime",
    examples: &[Example { sql: "nowInBlock() = now()", answer: "1" }],
    stability: Stability::PerQuery,
    ..Spec::EMPTY
};

impl Function for NowInBlock {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::now::Now.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::now::Now.evaluate(call)
    }
}
