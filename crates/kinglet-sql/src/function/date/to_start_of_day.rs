//! `toStartOfDay`: the beginning of the day.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, date_time_like, expect_moment_and_zone};
use crate::calendar::from_local;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToStartOfDay;

static SPEC: Spec = Spec {
    name: "toStartOfDay",
    category: "date",
    syntax: "toStartOfDay(time[, zone])",
    summary: "Midnight at the beginning of the day.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "DateTime in the zone of the time.",
    examples: &[Example {
        sql: "toStartOfDay(toDateTime('2024-02-29 13:45:10'))",
        answer: "2024-02-29 00:00:00",
    }],
    ..Spec::EMPTY
};

impl Function for ToStartOfDay {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        date_time_like(args, 0, 1)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| {
            Ok(from_local(moments.days(row).saturating_mul(86_400), moments.zone))
        })
    }
}
