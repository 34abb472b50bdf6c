//! `toInterval`: an interval of units named by a text.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, IntervalUnit, Result, SqlError};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ToInterval;

static SPEC: Spec = Spec {
    name: "toInterval",
    category: "date",
    syntax: "toInterval(count, unit)",
    summary: "An interval of that many units.",
    arguments: &[("count", "Number"), ("unit", "String, constant: second, day, month, ..")],
    returns: "Interval",
    examples: &[Example { sql: "toTypeName(toInterval(5, 'day'))", answer: "IntervalDay" }],
    ..Spec::EMPTY
};

impl Function for ToInterval {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_number)?;
        let unit = args.constant_text(1)?;
        let refused =
            || SqlError::new(ErrorCode::BAD_ARGUMENTS, format!("{unit} is not a unit of intervals"));
        IntervalUnit::parse(&unit).map(ChType::Interval).ok_or_else(refused)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let counts = call.ints(0)?;
        result::ints(call.result, call.rows, |row| Ok(counts.get(row)))
    }
}
