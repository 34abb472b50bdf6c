//! `toWeek`: the number of the week; the mode says when weeks and the first week begin, as in MySQL.

use super::moments::{Moments, expect_moment};
use super::week_number::week_number;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToWeek;

static SPEC: Spec = Spec {
    name: "toWeek",
    aliases: &["week"],
    case: Case::Insensitive,
    category: "date",
    syntax: "toWeek(time[, mode[, zone]])",
    summary: "The number of the week; the mode says when weeks and the first week begin, as in MySQL.",
    arguments: &[("time", "Date or DateTime"), ("mode", "0 to 9"), ("zone", "String, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "toWeek(toDate('2024-02-29'), 3)", answer: "9" }],
    ..Spec::EMPTY
};

impl Function for ToWeek {
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
        let mode = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
        result::ints(call.result, call.rows, |row| Ok(week_number(moments.days(row), mode).1))
    }
}
