//! `toUnixTimestamp`: seconds since 1970-01-01 UTC.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::moments::{Moments, expect_moment_and_zone};
use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Column, Example, Function, Spec, result};

pub(in crate::function) struct ToUnixTimestamp;

static SPEC: Spec = Spec {
    name: "toUnixTimestamp",
    category: "date",
    syntax: "toUnixTimestamp(time[, zone])",
    summary: "Seconds since 1970-01-01 00:00:00 UTC.",
    arguments: &[("time", "Date, Date32, DateTime or DateTime64"), ("zone", "String: a time zone, constant")],
    returns: "UInt32",
    examples: &[Example { sql: "toUnixTimestamp(toDateTime('2024-02-29 00:00:00'))", answer: "1709164800" }],
    ..Spec::EMPTY
};

impl Function for ToUnixTimestamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        if args.ty(0).is_text() {
            args.expect_count(1..=2)?;
        } else {
            expect_moment_and_zone(args)?;
        }
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut args = call.args.to_vec();
        if let Some(first) = args.first_mut().filter(|first| first.ty.is_text()) {
            let zone = call.args.get(1).and_then(Column::text_value).map(|zone| zone.as_str().into());
            let ty = ChType::DateTime(zone);
            first.array = convert(&first.array, &first.ty, &ty, Failure::Error, call.environment)?;
            first.ty = ty;
        }
        let moments = Moments::read(&Call { args: &args, ..*call }, 0, 1)?;
        let wide = matches!(call.ty(0), ChType::DateTime64(..));
        result::ints(call.result, call.rows, |row| match moments.seconds(row) {
            seconds if wide && u32::try_from(seconds).is_err() => {
                Err(SqlError::new(ErrorCode::DECIMAL_OVERFLOW, "Convert overflow"))
            }
            seconds => Ok(seconds),
        })
    }
}
