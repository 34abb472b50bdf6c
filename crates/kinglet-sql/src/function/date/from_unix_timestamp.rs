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
    syntax: "fromUnixTimestamp(seconds[, pattern[, zone]])",
    summary: "The time that many seconds after 1970-01-01 00:00:00 UTC, written by a pattern of `formatDateTime` if there is one.",
    arguments: &[("seconds", "Integer")],
    returns: "DateTime, or String by a pattern",
    examples: &[Example { sql: "fromUnixTimestamp(1709214310)", answer: "2024-02-29 13:45:10" }],
    ..Spec::EMPTY
};

impl Function for FromUnixTimestamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        args.expect(0, |ty| ty.is_integer() || ty.is_date() || ty.is_date_time())?;
        if args.len() > 1 {
            args.expect(1, ChType::is_text)?;
            return Ok(ChType::String);
        }
        Ok(ChType::DateTime(None))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let seconds = call.ints(0)?;
        if call.args.len() > 1 {
            let mut args = call.args.to_vec();
            if let Some(first) = args.first_mut() {
                let ty = ChType::DateTime(None);
                let count = if first.constant { 1 } else { call.rows };
                first.array = result::ints(&ty, count, |row| Ok(seconds.get(row)))?;
                first.ty = ty;
            }
            return super::format_date_time::formatted(&Call { args: &args, ..*call });
        }
        result::ints(call.result, call.rows, |row| {
            Ok(if seconds.get(row) < 0 { 0 } else { i64::from(seconds.get(row) as u32) })
        })
    }
}
