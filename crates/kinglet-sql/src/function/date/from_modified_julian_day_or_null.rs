//! `fromModifiedJulianDayOrNull`: the date of a Modified Julian Day as text; NULL out of range.

use super::julian::to_text;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct FromModifiedJulianDayOrNull;

static SPEC: Spec = Spec {
    name: "fromModifiedJulianDayOrNull",
    category: "date",
    syntax: "fromModifiedJulianDayOrNull(day)",
    summary: "The date of a Modified Julian Day as text; NULL out of range.",
    arguments: &[("day", "Integer")],
    returns: "Nullable(String)",
    examples: &[Example { sql: "fromModifiedJulianDayOrNull(58849)", answer: "2020-01-01" }],
    ..Spec::EMPTY
};

impl Function for FromModifiedJulianDayOrNull {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::String.nullable())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let days = call.ints(0)?;
        result::nullable_texts(call.rows, |row, out| Ok(to_text(days.get(row), out).is_some()))
    }
}
