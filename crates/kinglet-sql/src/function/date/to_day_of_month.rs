//! `toDayOfMonth`: the day of the month.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ToDayOfMonth;

static SPEC: Spec = Spec {
    name: "toDayOfMonth",
    aliases: &["DAY", "DAYOFMONTH"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toDayOfMonth(time[, zone])",
    summary: "The day of the month, 1 to 31.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "toDayOfMonth(toDate('2024-02-29'))", answer: "29" }],
    ..Spec::EMPTY
};

impl Function for ToDayOfMonth {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(i64::from(civil_from_days(moments.days(row)).2)))
    }
}
