//! `toLastDayOfMonth`: the last day of the month.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment_and_zone};
use super::round;
use crate::calendar::add_months;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToLastDayOfMonth;

static SPEC: Spec = Spec {
    name: "toLastDayOfMonth",
    aliases: &["LAST_DAY"],
    category: "date",
    syntax: "toLastDayOfMonth(time[, zone])",
    summary: "The last day of the month.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "Date",
    examples: &[Example { sql: "toLastDayOfMonth(toDate('2024-02-01'))", answer: "2024-02-29" }],
    ..Spec::EMPTY
};

impl Function for ToLastDayOfMonth {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        Ok(ChType::Date)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| {
            Ok(round::clamped(add_months(round::month(moments.days(row)), 1) - 1, call.result))
        })
    }
}
