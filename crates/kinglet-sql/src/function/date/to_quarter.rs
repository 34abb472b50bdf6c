//! `toQuarter`: the quarter of a date.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ToQuarter;

static SPEC: Spec = Spec {
    name: "toQuarter",
    aliases: &["QUARTER"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toQuarter(time[, zone])",
    summary: "The quarter, 1 to 4.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "toQuarter(toDate('2024-05-01'))", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for ToQuarter {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| {
            Ok(i64::from(civil_from_days(moments.days(row)).1.div_ceil(3)))
        })
    }
}
