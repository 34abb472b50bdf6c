//! `toStartOfNanosecond`: the time rounded down to the nanosecond.

use super::moments::{parse_zone, per_second};
use super::scale::scale;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToStartOfNanosecond;

static SPEC: Spec = Spec {
    name: "toStartOfNanosecond",
    category: "date",
    syntax: "toStartOfNanosecond(time[, zone])",
    summary: "The time rounded down to the nanosecond.",
    arguments: &[("time", "DateTime64"), ("zone", "String, constant")],
    returns: "DateTime64 with at least 9 digits",
    examples: &[Example {
        sql: "toStartOfNanosecond(toDateTime64('2024-02-29 13:45:10.123456789', 9))",
        answer: "2024-02-29 13:45:10.123456789",
    }],
    ..Spec::EMPTY
};

impl Function for ToStartOfNanosecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        let ChType::DateTime64(digits, zone) = args.ty(0) else { return Err(args.illegal(0)) };
        let zone = if args.len() > 1 {
            let name = args.constant_text(1)?;
            parse_zone(&name)?;
            Some(name.as_str().into())
        } else {
            zone.clone()
        };
        Ok(ChType::DateTime64((*digits).max(9), zone))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ticks = call.ints(0)?;
        let (from, to) = (per_second(call.ty(0)).unwrap_or(1), per_second(call.result).unwrap_or(1));
        let step = (to / 1_000_000_000).max(1);
        result::ints(
            call.result,
            call.rows,
            |row| Ok(scale(ticks.get(row), from, to).div_euclid(step) * step),
        )
    }
}
