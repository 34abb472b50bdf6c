//! `snowflakeIDToDateTime64`: the time in a snowflake identifier, in milliseconds.

use super::zone::zoned;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct SnowflakeIdToDateTime64;

static SPEC: Spec = Spec {
    name: "snowflakeIDToDateTime64",
    category: "uuid",
    syntax: "snowflakeIDToDateTime64(id[, epoch[, zone]])",
    summary: "The time in a snowflake identifier, in milliseconds.",
    arguments: &[
        ("id", "UInt64"),
        ("epoch", "Milliseconds to count from, constant; 0 if left out"),
        ("zone", "String, constant"),
    ],
    returns: "DateTime64(3)",
    examples: &[Example {
        sql: "snowflakeIDToDateTime64(7204436857747984384)",
        answer: "2024-06-06 10:59:58.851",
    }],
    ..Spec::EMPTY
};

impl Function for SnowflakeIdToDateTime64 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        args.expect(0, |ty| matches!(ty, ChType::UInt64))?;
        Ok(ChType::DateTime64(3, zoned(args, 2)?))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ids = call.ints(0)?;
        let epoch = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
        result::ints(call.result, call.rows, |row| {
            Ok(((ids.get(row) as u64 >> 22) as i64).saturating_add(epoch))
        })
    }
}
