//! `uptime`: seconds since the engine started; here always 0.

use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Uptime;

static SPEC: Spec = Spec {
    name: "uptime",
    category: "other",
    syntax: "uptime()",
    summary: "Seconds since the engine started; here always 0.",
    arguments: &[],
    returns: "UInt32",
    examples: &[Example { sql: "uptime()", answer: "0" }],
    stability: Stability::PerQuery,
    ..Spec::EMPTY
};

impl Function for Uptime {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::ints(call.result, call.rows, |_| Ok(0))
    }
}
