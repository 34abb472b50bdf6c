//! `toUnixTimestamp64Nano`: nanoseconds since 1970-01-01 UTC.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::per_second;
use super::scale::truncated;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToUnixTimestamp64Nano;

static SPEC: Spec = Spec {
    name: "toUnixTimestamp64Nano",
    category: "date",
    syntax: "toUnixTimestamp64Nano(time)",
    summary: "The time as a number of nanoseconds since 1970-01-01 00:00:00 UTC.",
    arguments: &[("time", "DateTime64")],
    returns: "Int64",
    examples: &[Example {
        sql: "toUnixTimestamp64Nano(toDateTime64('1970-01-01 00:00:01.5', 3))",
        answer: "1500000000",
    }],
    ..Spec::EMPTY
};

impl Function for ToUnixTimestamp64Nano {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::DateTime64(..)))?;
        Ok(ChType::Int64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let values = call.ints(0)?;
        let stored = per_second(call.ty(0)).unwrap_or(1);
        result::ints(call.result, call.rows, |row| Ok(truncated(values.get(row), stored, 1_000_000_000)))
    }
}
