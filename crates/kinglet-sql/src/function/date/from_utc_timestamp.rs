//! `fromUTCTimestamp`: the time a clock in a zone shows at a moment of UTC, as if it were UTC.

use super::utc::{move_zone, moved_type};
use crate::function::{Args, Call, Case, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct FromUtcTimestamp;

static SPEC: Spec = Spec {
    name: "fromUTCTimestamp",
    aliases: &["from_utc_timestamp"],
    case: Case::Insensitive,
    category: "date",
    syntax: "fromUTCTimestamp(time, zone)",
    summary: "The time a clock in a zone shows at a moment of UTC, as if it were UTC.",
    arguments: &[("time", "DateTime or DateTime64"), ("zone", "String, constant")],
    returns: "The type of the time, without a zone",
    examples: &[Example {
        sql: "fromUTCTimestamp(toDateTime('2023-03-16 10:00:00'), 'Asia/Shanghai')",
        answer: "2023-03-16 18:00:00",
    }],
    ..Spec::EMPTY
};

impl Function for FromUtcTimestamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        moved_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        move_zone(call, crate::calendar::to_local)
    }
}
