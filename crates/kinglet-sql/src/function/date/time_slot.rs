//! `timeSlot`: the time rounded down to half an hour.

use super::moments::per_second;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct TimeSlot;

static SPEC: Spec = Spec {
    name: "timeSlot",
    category: "date",
    syntax: "timeSlot(time[, zone])",
    summary: "The time rounded down to half an hour.",
    arguments: &[("time", "DateTime or DateTime64")],
    returns: "The type of the time",
    examples: &[Example {
        sql: "timeSlot(toDateTime('2024-02-29 13:45:10'))",
        answer: "2024-02-29 13:30:00",
    }],
    ..Spec::EMPTY
};

impl Function for TimeSlot {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_date_time).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (ticks, unit) = (call.ints(0)?, per_second(call.result).unwrap_or(1) * 1_800);
        result::ints(call.result, call.rows, |row| Ok(ticks.get(row).div_euclid(unit) * unit))
    }
}
