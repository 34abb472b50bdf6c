//! `toDayOfWeek`: the day of the week.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct ToDayOfWeek;

static SPEC: Spec = Spec {
    name: "toDayOfWeek",
    aliases: &["DAYOFWEEK"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toDayOfWeek(time[, mode[, zone]])",
    summary: "The day of the week: 1 for Monday (mode 0), 0 for Monday (1), 0 for Sunday (2), 1 for Sunday (3).",
    arguments: &[("time", "Date or DateTime"), ("mode", "0 to 3"), ("zone", "String, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "toDayOfWeek(toDate('2024-02-29'))", answer: "4" }],
    ..Spec::EMPTY
};

impl Function for ToDayOfWeek {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        expect_moment(args, 0)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 2)?;
        let mode = if call.args.len() > 1 { call.ints(1)?.get(0) & 3 } else { 0 };
        result::ints(call.result, call.rows, |row| {
            let monday_based = (moments.days(row) + 3).rem_euclid(7);
            Ok(match mode {
                0 => monday_based + 1,
                1 => monday_based,
                2 => (monday_based + 1) % 7,
                _ => (monday_based + 1) % 7 + 1,
            })
        })
    }
}
