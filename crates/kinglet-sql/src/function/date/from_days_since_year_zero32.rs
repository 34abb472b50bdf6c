//! `fromDaysSinceYearZero32`: the date a number of days after 0000-01-01.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct FromDaysSinceYearZero32;

static SPEC: Spec = Spec {
    name: "fromDaysSinceYearZero32",
    category: "date",
    syntax: "fromDaysSinceYearZero32(days)",
    summary: "The date a number of days after 0000-01-01.",
    arguments: &[("days", "Integer")],
    returns: "Date32",
    examples: &[Example { sql: "fromDaysSinceYearZero32(739136)", answer: "2023-09-08" }],
    ..Spec::EMPTY
};

impl Function for FromDaysSinceYearZero32 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::Date32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let days = call.ints(0)?;
        result::ints(call.result, call.rows, |row| {
            let days = days.get(row);
            if days < 0 {
                let message = format!("Expected a non-negative integer, got: {days}");
                return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
            }
            Ok((days - 719_528).clamp(crate::text::LEAST_DAY, crate::text::GREATEST_DAY))
        })
    }
}
