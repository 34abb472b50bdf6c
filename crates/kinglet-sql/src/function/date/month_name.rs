//! `monthName`: the name of the month.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{Moments, expect_moment};
use super::pattern::Moment;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct MonthName;

static SPEC: Spec = Spec {
    name: "monthName",
    case: Case::Insensitive,
    category: "date",
    syntax: "monthName(time)",
    summary: "The English name of the month.",
    arguments: &[("time", "Date or DateTime")],
    returns: "String",
    examples: &[Example { sql: "monthName(toDate('2024-02-29'))", answer: "February" }],
    ..Spec::EMPTY
};

impl Function for MonthName {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        expect_moment(args, 0)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, 1)?;
        result::texts(call.rows, |row, out| {
            let _ = Moment::new(moments.local(row), moments.seconds(row), 0).write(b"%M", out);
            Ok(())
        })
    }
}
