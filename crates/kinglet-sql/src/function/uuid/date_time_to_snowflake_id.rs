//! `dateTimeToSnowflakeID`: the first snowflake identifier of a second.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct DateTimeToSnowflakeId;

static SPEC: Spec = Spec {
    name: "dateTimeToSnowflakeID",
    category: "uuid",
    syntax: "dateTimeToSnowflakeID(time[, epoch])",
    summary: "The first snowflake identifier of a second.",
    arguments: &[("time", "DateTime"), ("epoch", "Milliseconds to count from, constant; 0 if left out")],
    returns: "UInt64",
    examples: &[Example {
        sql: "dateTimeToSnowflakeID(toDateTime('2021-08-15 18:57:56'))",
        answer: "6832747188322304000",
    }],
    ..Spec::EMPTY
};

impl Function for DateTimeToSnowflakeId {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::DateTime(_)))?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let times = call.ints(0)?;
        let epoch = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
        result::ints(call.result, call.rows, |row| {
            Ok(times.get(row).wrapping_mul(1_000).wrapping_sub(epoch) << 22)
        })
    }
}
