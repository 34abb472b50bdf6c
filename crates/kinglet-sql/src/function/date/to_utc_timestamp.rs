//! `toUTCTimestamp`: the time whose clock in UTC shows what the clock in a zone shows, moved to UTC.

use super::utc::{move_zone, moved_type};
use crate::function::{Args, Call, Case, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToUtcTimestamp;

static SPEC: Spec = Spec {
    name: "toUTCTimestamp",
    aliases: &["to_utc_timestamp"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toUTCTimestamp(time, zone)",
    summary: "The time whose clock in UTC shows what the clock in a zone shows, moved to UTC.",
    arguments: &[("time", "DateTime or DateTime64"), ("zone", "String, constant")],
    returns: "The type of the time, without a zone",
    examples: &[Example {
        sql: "toUTCTimestamp(toDateTime('2023-03-16'), 'Asia/Shanghai')",
        answer: "2023-03-15 16:00:00",
    }],
    ..Spec::EMPTY
};

impl Function for ToUtcTimestamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        moved_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        move_zone(call, crate::calendar::from_local)
    }
}
