//! `dateTime64ToSnowflakeID`: the first snowflake identifier of a millisecond.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct DateTime64ToSnowflakeId;

static SPEC: Spec = Spec {
    name: "dateTime64ToSnowflakeID",
    category: "uuid",
    syntax: "dateTime64ToSnowflakeID(time[, epoch])",
    summary: "The first snowflake identifier of a millisecond.",
    arguments: &[("time", "DateTime64"), ("epoch", "Milliseconds to count from, constant; 0 if left out")],
    returns: "UInt64",
    examples: &[Example {
        sql: "dateTime64ToSnowflakeID(toDateTime64('2021-08-15 18:57:56.493', 3))",
        answer: "6832747190390095872",
    }],
    ..Spec::EMPTY
};

impl Function for DateTime64ToSnowflakeId {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::DateTime64(..)))?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let times = call.ints(0)?;
        let epoch = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
        let digits = if let ChType::DateTime64(digits, _) = call.ty(0) { *digits } else { 3 };
        let unit = 10_i64.pow(crate::stored_precision(digits).into());
        result::ints(call.result, call.rows, |row| {
            let time = times.get(row);
            let millis =
                if unit >= 1_000 { time.div_euclid(unit / 1_000) } else { time.saturating_mul(1_000 / unit) };
            Ok(millis.wrapping_sub(epoch) << 22)
        })
    }
}
