//! `toYearWeek`: year and number of the week as one number.

use super::moments::{Moments, expect_moment};
use super::week_number::week_number;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToYearWeek;

static SPEC: Spec = Spec {
    name: "toYearWeek",
    aliases: &["yearweek"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toYearWeek(time[, mode[, zone]])",
    summary: "Year and number of the week as one number.",
    arguments: &[("time", "Date or DateTime"), ("mode", "0 to 9"), ("zone", "String, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toYearWeek(toDate('2024-02-29'), 3)", answer: "202409" }],
    ..Spec::EMPTY
};

impl Function for ToYearWeek {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        expect_moment(args, 0)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 2)?;
        let mode = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
        result::ints(call.result, call.rows, |row| {
            let (year, week) = week_number(moments.days(row), mode | 2);
            Ok(year * 100 + week)
        })
    }
}
