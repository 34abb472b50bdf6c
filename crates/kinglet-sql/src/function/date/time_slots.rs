//! `timeSlots`: the beginnings of the slots that a duration from a time on touches.

use super::moments::per_second;
use crate::function::result::int_array;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct TimeSlots;

static SPEC: Spec = Spec {
    name: "timeSlots",
    category: "date",
    syntax: "timeSlots(time, duration[, size])",
    summary: "The beginnings of the slots that a duration from a time on touches.",
    arguments: &[
        ("time", "DateTime or DateTime64"),
        ("duration", "UInt32 of seconds, or Decimal64 for DateTime64"),
        ("size", "UInt32 of seconds, 1800 if left out"),
    ],
    returns: "Array of the type of the time",
    examples: &[Example {
        sql: "timeSlots(toDateTime('2012-01-01 12:20:00'), toUInt32(600))",
        answer: "['2012-01-01 12:00:00','2012-01-01 12:30:00']",
    }],
    ..Spec::EMPTY
};

impl Function for TimeSlots {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        let ty = args.expect(0, ChType::is_date_time)?;
        for at in 1..args.len() {
            let wide = matches!(ty, ChType::DateTime64(..));
            args.expect(at, |ty| {
                if wide { ty.is_decimal() } else { ty.integer_bits().is_some_and(|(bits, _)| bits <= 32) }
            })?;
        }
        Ok(ChType::array(ty.clone()))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (times, durations) = (call.ints(0)?, call.floats(1)?);
        let sizes = if call.args.len() > 2 { Some(call.floats(2)?) } else { None };
        let unit = per_second(call.ty(0)).unwrap_or(1);
        let (mut slots, mut lengths) = (Vec::new(), Vec::with_capacity(call.rows));
        for row in 0..call.rows {
            let size = sizes.as_ref().map_or(1_800.0, |sizes| sizes.get(row));
            let (size, duration) = ((size * unit as f64) as i64, (durations.get(row) * unit as f64) as i64);
            if size <= 0 {
                return Err(SqlError::new(
                    ErrorCode::ILLEGAL_COLUMN,
                    "Third argument for function timeSlots must be greater than zero",
                ));
            }
            let start = times.get(row);
            let (first, last) = (start.div_euclid(size), start.saturating_add(duration).div_euclid(size));
            if last - first > 1_000_000 {
                return Err(SqlError::new(
                    ErrorCode::TOO_LARGE_ARRAY_SIZE,
                    "Too many slots of function timeSlots",
                ));
            }
            let before = slots.len();
            slots.extend((first..=last).map(|slot| slot * size));
            lengths.push(slots.len() - before);
        }
        let element = call.result.element().unwrap_or(ChType::Nothing);
        result::lists(call.result, int_array(&element, slots, None)?, lengths)
    }
}
