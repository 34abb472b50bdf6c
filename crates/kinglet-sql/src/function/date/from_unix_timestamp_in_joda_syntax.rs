//! `fromUnixTimestampInJodaSyntax`: the time a number of seconds after the epoch, written by a pattern of Joda's letters.

use super::moments::Moments;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct FromUnixTimestampInJodaSyntax;

static SPEC: Spec = Spec {
    name: "fromUnixTimestampInJodaSyntax",
    category: "date",
    syntax: "fromUnixTimestampInJodaSyntax(seconds[, pattern[, zone]])",
    summary: "The time a number of seconds after the epoch, written by a pattern of Joda's letters.",
    arguments: &[("seconds", "Integer"), ("pattern", "String"), ("zone", "String, constant")],
    returns: "String; DateTime without a pattern",
    examples: &[Example {
        sql: "fromUnixTimestampInJodaSyntax(1234334543, 'yyyy-MM-dd HH:mm:ss', 'UTC')",
        answer: "2009-02-11 06:42:23",
    }],
    ..Spec::EMPTY
};

impl Function for FromUnixTimestampInJodaSyntax {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        args.expect(0, |ty| ty.is_integer() || ty.is_date() || ty.is_date_time())?;
        Ok(if args.len() == 1 { ChType::DateTime(None) } else { ChType::String })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let seconds = call.ints(0)?;
        if call.args.len() == 1 {
            return result::ints(call.result, call.rows, |row| Ok(seconds.get(row)));
        }
        let mut args = call.args.to_vec();
        if let Some(first) = args.first_mut() {
            let ty = ChType::DateTime(None);
            let count = if first.constant { 1 } else { call.rows };
            first.array = result::ints(&ty, count, |row| Ok(seconds.get(row)))?;
            first.ty = ty;
        }
        let times = Call { args: &args, ..*call };
        let moments = Moments::read(&times, 0, 2)?;
        let pattern = call.bytes(1)?;
        result::texts(call.rows, |row, out| super::joda::write(&moments, row, pattern.get(row), out))
    }
}
