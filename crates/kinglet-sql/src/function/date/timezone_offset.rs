//! `timezoneOffset`: the seconds that local time is ahead of UTC.

use super::moments::Moments;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct TimezoneOffset;

static SPEC: Spec = Spec {
    name: "timezoneOffset",
    aliases: &["timeZoneOffset"],
    case: Case::Insensitive,
    category: "date",
    syntax: "timezoneOffset(time)",
    summary: "The seconds that local time is ahead of UTC.",
    arguments: &[("time", "DateTime")],
    returns: "Int32",
    examples: &[Example {
        sql: "timezoneOffset(toDateTime('2024-02-29 12:00:00', 'Asia/Tokyo'))",
        answer: "32400",
    }],
    ..Spec::EMPTY
};

impl Function for TimezoneOffset {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_date_time)?;
        Ok(ChType::Int32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::ints(call.result, call.rows, |row| Ok(moments.local(row) - moments.seconds(row)))
    }
}
