//! `toYYYYMM`: year and month as one number.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use super::number::yyyymm;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToYyyymm;

static SPEC: Spec = Spec {
    name: "toYYYYMM",
    category: "date",
    syntax: "toYYYYMM(time[, zone])",
    summary: "The number YYYYMM.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toYYYYMM(toDate('2024-02-29'))", answer: "202402" }],
    ..Spec::EMPTY
};

impl Function for ToYyyymm {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(yyyymm(moments.days(row))))
    }
}
