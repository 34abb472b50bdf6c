//! `makeDate`: a date of year, month and day.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::calendar::days_from_civil;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct MakeDate;

static SPEC: Spec = Spec {
    name: "makeDate",
    case: Case::Insensitive,
    category: "date",
    syntax: "makeDate(year, month, day)",
    summary: "The date of year, month and day; the epoch where there is none.",
    arguments: &[("year", "number"), ("month", "number"), ("day", "number")],
    returns: "Date",
    examples: &[Example { sql: "makeDate(2024, 2, 29)", answer: "2024-02-29" }],
    ..Spec::EMPTY
};

impl Function for MakeDate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        for at in 0..args.len() {
            args.expect(at, ChType::is_number)?;
        }
        Ok(ChType::Date)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = (0..call.args.len()).map(|at| call.ints(at)).collect::<Result<Vec<_>>>()?;
        result::ints(call.result, call.rows, |row| {
            let at = |place: usize| numbers.get(place).map_or(1, |number| number.get(row));
            let (year, second, third) = (at(0), at(1), at(2));
            let days = if numbers.len() == 2 {
                let first = days_from_civil(year.clamp(0, 9_999), 1, 1);
                let length = days_from_civil(year.clamp(0, 9_999) + 1, 1, 1) - first;
                if (1..=length).contains(&second) { first + second - 1 } else { 0 }
            } else {
                match (u32::try_from(second), u32::try_from(third)) {
                    (Ok(month @ 1..=12), Ok(day @ 1..=31)) => {
                        days_from_civil(year.clamp(0, 9_999), month, day)
                    }
                    _ => 0,
                }
            };
            Ok(if (0..=65_535).contains(&days) { days } else { 0 })
        })
    }
}
