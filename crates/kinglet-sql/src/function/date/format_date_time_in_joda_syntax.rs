//! `formatDateTimeInJodaSyntax`: the time written by a pattern of Joda's letters.

use super::moments::{Moments, expect_moment};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct FormatDateTimeInJodaSyntax;

static SPEC: Spec = Spec {
    name: "formatDateTimeInJodaSyntax",
    category: "date",
    syntax: "formatDateTimeInJodaSyntax(time, pattern[, zone])",
    summary: "The time written by a pattern of Joda's letters.",
    arguments: &[("time", "Date or DateTime"), ("pattern", "String"), ("zone", "String, constant")],
    returns: "String",
    examples: &[Example {
        sql: "formatDateTimeInJodaSyntax(toDateTime('2010-01-04 12:34:56'), 'yyyy-MM-dd HH:mm:ss')",
        answer: "2010-01-04 12:34:56",
    }],
    ..Spec::EMPTY
};

impl Function for FormatDateTimeInJodaSyntax {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        expect_moment(args, 0)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 2)?;
        let pattern = call.bytes(1)?;
        result::texts(call.rows, |row, out| super::joda::write(&moments, row, pattern.get(row), out))
    }
}
