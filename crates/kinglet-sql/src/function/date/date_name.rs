//! `dateName`: A part of a time as text; names of months and days of the week in English.

use super::moments::{Moments, expect_moment};
use super::pattern::{DAYS, MONTHS};
use super::{number, round};
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct DateName;

static SPEC: Spec = Spec {
    name: "dateName",
    case: Case::Insensitive,
    category: "date",
    syntax: "dateName(part, time[, zone])",
    summary: "A part of a time as text; names of months and days of the week in English.",
    arguments: &[
        (
            "part",
            "String, constant: year, quarter, month, dayofyear, day, week, weekday, hour, minute or second",
        ),
        ("time", "Date or DateTime"),
        ("zone", "String, constant"),
    ],
    returns: "String",
    examples: &[Example { sql: "dateName('weekday', toDate('2024-02-29'))", answer: "Thursday" }],
    ..Spec::EMPTY
};

impl Function for DateName {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.constant_text(0)?;
        expect_moment(args, 1)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let part = call.arg(0)?.text_value().unwrap_or_default().to_ascii_lowercase();
        let moments = Moments::read(call, 1, 2)?;
        result::texts(call.rows, |row, out| {
            let (days, of_day) = (moments.days(row), moments.of_day(row));
            let (year, month, day) = civil_from_days(days);
            let number = match part.as_str() {
                "year" => year,
                "quarter" => i64::from(month.div_ceil(3)),
                "month" => {
                    out.extend_from_slice(MONTHS[month as usize - 1].as_bytes());
                    return Ok(());
                }
                "weekday" => {
                    out.extend_from_slice(DAYS[(days + 3).rem_euclid(7) as usize].as_bytes());
                    return Ok(());
                }
                "dayofyear" => days - round::year(days) + 1,
                "day" => day.into(),
                "week" => number::iso_week(days).1,
                "hour" => of_day / 3_600,
                "minute" => of_day / 60 % 60,
                "second" => of_day % 60,
                other => {
                    let message = format!("{other} doesn't look like datepart name in function dateName");
                    return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
                }
            };
            out.extend(number.to_string().into_bytes());
            Ok(())
        })
    }
}
