//! `fromUnixTimestamp64Milli`: the time at a number of milliseconds.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct FromUnixTimestamp64Milli;

static SPEC: Spec = Spec {
    name: "fromUnixTimestamp64Milli",
    category: "date",
    syntax: "fromUnixTimestamp64Milli(number[, zone])",
    summary: "The time that many milliseconds after 1970-01-01 00:00:00 UTC.",
    arguments: &[("number", "Int64"), ("zone", "String, constant")],
    returns: "DateTime64(3)",
    examples: &[Example {
        sql: "fromUnixTimestamp64Milli(toInt64(1000), 'UTC')",
        answer: "1970-01-01 00:00:01.000",
    }],
    ..Spec::EMPTY
};

impl Function for FromUnixTimestamp64Milli {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_integer)?;
        let zone = super::moments::zone_argument(args, 1)?;
        Ok(ChType::DateTime64(3, zone))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let values = call.ints(0)?;
        result::ints(call.result, call.rows, |row| Ok(values.get(row)))
    }
}
