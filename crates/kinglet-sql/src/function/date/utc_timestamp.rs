//! `UTCTimestamp`: the current time in UTC.

use crate::function::{Args, Call, Case, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct UtcTimestamp;

static SPEC: Spec = Spec {
    name: "UTCTimestamp",
    aliases: &["UTC_timestamp"],
    case: Case::Insensitive,
    category: "date",
    syntax: "UTCTimestamp()",
    summary: "The current time in UTC.",
    arguments: &[],
    returns: "DateTime('UTC')",
    examples: &[Example { sql: "UTCTimestamp() = now()", answer: "1" }],
    stability: Stability::PerQuery,
};

impl Function for UtcTimestamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::DateTime(Some("UTC".into())))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let now = call.environment.now.div_euclid(1_000_000_000);
        result::ints(call.result, call.rows, |_| Ok(now))
    }
}
