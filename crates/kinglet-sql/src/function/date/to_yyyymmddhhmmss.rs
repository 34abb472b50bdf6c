//! `toYYYYMMDDhhmmss`: date and time as one number.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use super::number::{hhmmss, yyyymmdd};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToYyyymmddhhmmss;

static SPEC: Spec = Spec {
    name: "toYYYYMMDDhhmmss",
    category: "date",
    syntax: "toYYYYMMDDhhmmss(time[, zone])",
    summary: "The number YYYYMMDDhhmmss.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt64",
    examples: &[Example {
        sql: "toYYYYMMDDhhmmss(toDateTime('2024-02-29 13:45:10'))",
        answer: "20240229134510",
    }],
    ..Spec::EMPTY
};

impl Function for ToYyyymmddhhmmss {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| {
            Ok(yyyymmdd(moments.days(row)) * 1_000_000 + hhmmss(moments.of_day(row)))
        })
    }
}
