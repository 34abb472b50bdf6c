//! `toMonth`: the month of a date.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ToMonth;

static SPEC: Spec = Spec {
    name: "toMonth",
    aliases: &["MONTH"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toMonth(time[, zone])",
    summary: "The month, 1 to 12.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "toMonth(toDate('2024-02-29'))", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for ToMonth {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(i64::from(civil_from_days(moments.days(row)).1)))
    }
}
