//! `toStartOfMinute`: the beginning of the minute.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, date_time_like, expect_moment_and_zone};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToStartOfMinute;

static SPEC: Spec = Spec {
    name: "toStartOfMinute",
    category: "date",
    syntax: "toStartOfMinute(time[, zone])",
    summary: "The beginning of the minute.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "DateTime in the zone of the time.",
    examples: &[Example {
        sql: "toStartOfMinute(toDateTime('2024-02-29 13:45:10'))",
        answer: "2024-02-29 13:45:00",
    }],
    ..Spec::EMPTY
};

impl Function for ToStartOfMinute {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_moment_and_zone(args)?;
        args.expect(0, ChType::is_date_time)?;
        date_time_like(args, 0, 1)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| {
            let local = moments.local(row);
            Ok(moments.seconds(row) - local.rem_euclid(60))
        })
    }
}
