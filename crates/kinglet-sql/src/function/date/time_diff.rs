//! `timeDiff`: seconds from the first time to the second.

use super::moments::{Moments, expect_moment};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct TimeDiff;

static SPEC: Spec = Spec {
    name: "timeDiff",
    category: "date",
    syntax: "timeDiff(first, second)",
    summary: "Seconds from the first time to the second.",
    arguments: &[("first", "Date or DateTime"), ("second", "Date or DateTime")],
    returns: "Int64",
    examples: &[Example {
        sql: "timeDiff(toDateTime('2024-01-01 00:00:00'), toDateTime('2024-01-01 00:00:10'))",
        answer: "10",
    }],
    ..Spec::EMPTY
};

impl Function for TimeDiff {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        expect_moment(args, 0)?;
        expect_moment(args, 1)?;
        Ok(ChType::Int64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (first, second) = (Moments::read(call, 0, 9)?, Moments::read(call, 1, 9)?);
        result::ints(call.result, call.rows, |row| Ok(second.seconds(row) - first.seconds(row)))
    }
}
