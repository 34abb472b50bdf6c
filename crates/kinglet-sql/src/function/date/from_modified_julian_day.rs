//! `fromModifiedJulianDay`: the date of a Modified Julian Day as text.

use super::julian::to_text;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct FromModifiedJulianDay;

static SPEC: Spec = Spec {
    name: "fromModifiedJulianDay",
    category: "date",
    syntax: "fromModifiedJulianDay(day)",
    summary: "The date of a Modified Julian Day as text.",
    arguments: &[("day", "Integer")],
    returns: "String",
    examples: &[Example { sql: "fromModifiedJulianDay(58849)", answer: "2020-01-01" }],
    ..Spec::EMPTY
};

impl Function for FromModifiedJulianDay {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let days = call.ints(0)?;
        result::texts(call.rows, |row, out| {
            to_text(days.get(row), out).ok_or_else(|| {
                let message = format!("The Modified Julian Day {} is out of range", days.get(row));
                SqlError::new(ErrorCode(491), message)
            })
        })
    }
}
