//! `snowflakeIDToDateTime`: the time in a snowflake identifier, in seconds.

use super::zone::zoned;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct SnowflakeIdToDateTime;

static SPEC: Spec = Spec {
    name: "snowflakeIDToDateTime",
    category: "uuid",
    syntax: "snowflakeIDToDateTime(id[, epoch[, zone]])",
    summary: "The time in a snowflake identifier, in seconds.",
    arguments: &[
        ("id", "UInt64"),
        ("epoch", "Milliseconds to count from, constant; 0 if left out"),
        ("zone", "String, constant"),
    ],
    returns: "DateTime",
    examples: &[Example { sql: "snowflakeIDToDateTime(7204436857747984384)", answer: "2024-06-06 10:59:58" }],
    ..Spec::EMPTY
};

impl Function for SnowflakeIdToDateTime {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        args.expect(0, |ty| matches!(ty, ChType::UInt64))?;
        Ok(ChType::DateTime(zoned(args, 2)?))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ids = call.ints(0)?;
        let epoch = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
        result::ints(call.result, call.rows, |row| {
            Ok(((ids.get(row) as u64 >> 22) as i64).saturating_add(epoch) / 1_000)
        })
    }
}
