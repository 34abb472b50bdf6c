//! `fromUnixTimestamp64Nano`: the time at a number of nanoseconds.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct FromUnixTimestamp64Nano;

static SPEC: Spec = Spec {
    name: "fromUnixTimestamp64Nano",
    category: "date",
    syntax: "fromUnixTimestamp64Nano(number[, zone])",
    summary: "The time that many nanoseconds after 1970-01-01 00:00:00 UTC.",
    arguments: &[("number", "Int64"), ("zone", "String, constant")],
    returns: "DateTime64(9)",
    examples: &[Example {
        sql: "fromUnixTimestamp64Nano(toInt64(1000000000), 'UTC')",
        answer: "1970-01-01 00:00:01.000000000",
    }],
    ..Spec::EMPTY
};

impl Function for FromUnixTimestamp64Nano {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_integer)?;
        let zone = super::moments::zone_argument(args, 1)?;
        Ok(ChType::DateTime64(9, zone))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let values = call.ints(0)?;
        result::ints(call.result, call.rows, |row| Ok(values.get(row)))
    }
}
