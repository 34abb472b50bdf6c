//! `toYYYYMMDD`: year, month and day as one number.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use super::number::yyyymmdd;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToYyyymmdd;

static SPEC: Spec = Spec {
    name: "toYYYYMMDD",
    category: "date",
    syntax: "toYYYYMMDD(time[, zone])",
    summary: "The number YYYYMMDD.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toYYYYMMDD(toDate('2024-02-29'))", answer: "20240229" }],
    ..Spec::EMPTY
};

impl Function for ToYyyymmdd {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(yyyymmdd(moments.days(row))))
    }
}
