//! `fromUnixTimestamp`: the time at a number of seconds.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct FromUnixTimestamp;

static SPEC: Spec = Spec {
    name: "fromUnixTimestamp",
    aliases: &["FROM_UNIXTIME"],
    case: Case::Insensitive,
    category: "date",
    syntax: "fromUnixTimestamp(seconds)",
    summary: "The time that many seconds after 1970-01-01 00:00:00 UTC.",
    arguments: &[("seconds", "Integer")],
    returns: "DateTime",
    examples: &[Example { sql: "fromUnixTimestamp(1709214310)", answer: "2024-02-29 13:45:10" }],
    ..Spec::EMPTY
};

impl Function for FromUnixTimestamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_integer() || ty.is_date_time())?;
        Ok(ChType::DateTime(None))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let seconds = call.ints(0)?;
        result::ints(call.result, call.rows, |row| {
            Ok(if seconds.get(row) < 0 { 0 } else { i64::from(seconds.get(row) as u32) })
        })
    }
}
